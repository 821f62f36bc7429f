"""Keypads: the public class, the key map, the pure entry, the driver."""
