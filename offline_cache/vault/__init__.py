"""The vault: the key over the data keys, and who holds it. Only the store process opens it."""
