"""Plays one citizen's visit over the real processes and keeps every screen, slip and sheet as a picture."""
