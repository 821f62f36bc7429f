"""The terminal's devices: a host process per device, their supervisor, one folder per device class."""
