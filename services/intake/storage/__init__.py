"""How intake keeps what it knows. Names here are those of the domain."""
