"""The migrations of intake, in their order."""
