"""The stamp unit: presses a seal on a sheet that lies in it."""
