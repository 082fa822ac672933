"""What intake asks of the other services. Never inside an open unit of work."""
