"""The uninterruptible power supply behind the terminal, through Network UPS Tools."""
