"""The terminal's part of the log catalogue."""
