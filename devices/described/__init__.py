"""A simple serial device made of a file: frames, checks, status bits and time-outs, no code (docs/described-devices.md)."""
