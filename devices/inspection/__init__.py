"""What a technician asks of the configured devices: ``devices list`` and ``devices watch``, through the real hosts."""
