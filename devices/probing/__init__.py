"""What is connected to this machine: sources that each look one way, in a process and a time of their own, and the
configuration that their findings propose (``devices probe``)."""
