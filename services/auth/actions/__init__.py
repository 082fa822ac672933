"""What can be done in auth; each action works within a unit of work that it is given."""
