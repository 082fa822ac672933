"""How the schema of monitoring came to be."""
