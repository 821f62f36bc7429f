"""The document locker: one lock a door, opened by number."""
