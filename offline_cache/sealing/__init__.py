"""Sealing: how a body becomes bytes that only this terminal (or the platform) can read."""
