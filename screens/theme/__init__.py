"""Sizes in millimetres, type, roles of colour and the words that the pages share."""
