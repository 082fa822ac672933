"""The rules of referrals. Nothing here knows of HTTP, databases, clocks or logs."""
