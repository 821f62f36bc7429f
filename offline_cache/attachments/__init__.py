"""Attachments: what a citizen scanned or signed, as sealed files that belong to an item."""
