"""The operator's first steps with a terminal: its identity, its keys, its configuration."""

from provisioning.terminal.init import Answers, InitResult, init_demo, init_terminal

__all__ = ["Answers", "InitResult", "init_demo", "init_terminal"]
