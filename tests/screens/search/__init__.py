"""The search page, its list and what is read of it."""
