"""The hall of emulated devices: each on the wire of its real one, played by `python -m devices.emulators` and by tests."""
