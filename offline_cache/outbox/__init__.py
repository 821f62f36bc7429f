"""The outbox: what a citizen handed in while the platform was away, until it has an end."""
