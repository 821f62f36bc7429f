"""What a technician hands to the makers when a device will not work: one file without anything of a citizen."""
