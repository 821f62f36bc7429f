"""The journal of money and cards: what was begun is on the disk before it is done."""
