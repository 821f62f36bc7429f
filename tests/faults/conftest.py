"""The platform's faults are played over real sockets, with a cable that can be broken."""

from tests.provisioning.platform.running import cable, central_client, make_client, platform_process

__all__ = ["cable", "central_client", "make_client", "platform_process"]
