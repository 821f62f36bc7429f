"""The store as a process of its own: it alone holds the file and the keys; everybody else talks to its socket."""
