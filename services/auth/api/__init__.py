"""The doors of auth: OAuth, the JSON API, and the pages for signing in."""
