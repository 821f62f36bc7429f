"""The cabinet around the terminal: doors, tamper switch, proximity, lamps, call button."""
