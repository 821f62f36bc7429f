"""The terminal's sound output: hints spoken from files, and signals."""
