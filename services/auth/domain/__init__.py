"""Rules of who may come in. Nothing here reads a clock, a setting or a database."""
