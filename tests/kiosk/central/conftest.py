"""The client is tested against the real platform, in a process of its own."""

from tests.provisioning.platform.running import cable, central_client, make_client, platform_process

__all__ = ["cable", "central_client", "make_client", "platform_process"]
