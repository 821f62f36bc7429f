"""Whole visits over real processes: the terminal in a process of its own, driven by touches, with platform and lab around it."""
