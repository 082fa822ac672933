"""The rules of monitoring, free of Flask, SQLAlchemy and the clock."""
