"""The ``rajut`` command: what a system administrator does with an installation."""
