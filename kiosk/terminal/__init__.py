"""The shell of the session machine: runs its effects against devices, platform, printer and clock."""
