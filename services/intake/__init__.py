"""Intake: somebody asks for help, a case is opened, and what was agreed is written down."""
