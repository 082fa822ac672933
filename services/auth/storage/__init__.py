"""Where auth keeps its people, machines and sessions."""
