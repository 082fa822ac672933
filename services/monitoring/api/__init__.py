"""The HTTP edge of monitoring: one file for each noun. Only people of a unit come in."""
