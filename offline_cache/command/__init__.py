"""``python main.py outbox``: what waits in the store, for staff and technicians."""
