"""Signature pads: the public class, the strokes, the port's codec, the driver."""
