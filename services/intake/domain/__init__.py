"""The rules of intake, free of Flask, SQLAlchemy and the clock."""
