"""What crosses a service boundary: events, codes, scopes. Each is declared once, here."""
