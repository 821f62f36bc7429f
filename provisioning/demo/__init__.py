"""The demo: a terminal with everything around it - emulated devices, a network cable, the platform - on one machine."""
