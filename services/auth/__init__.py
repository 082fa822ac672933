"""auth: people, institutions, machines and sessions; the tokens that the others believe."""
