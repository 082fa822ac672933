"""What make runs for those who work on RAJUT."""
