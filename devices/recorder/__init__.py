"""A serial conversation kept as text, to write a description by, and played back, to test a driver by."""
