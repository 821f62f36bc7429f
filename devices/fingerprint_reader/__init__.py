"""Fingerprint readers: the public class, the packet codec, the driver. Templates are opaque and never kept."""
