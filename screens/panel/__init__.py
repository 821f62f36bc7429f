"""The control panel of the demo: what a person's hands do to the emulated devices, beside the terminal.

It knows the emulators only by their control socket (JSON lines over a Unix socket) and the demo platform only by the list
of the codes that it would have sent. It decides nothing for the terminal.
"""
