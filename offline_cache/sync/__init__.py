"""Sending what waits to the platform, in the background, so that each item takes effect once."""
