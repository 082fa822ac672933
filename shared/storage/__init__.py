"""Databases, units of work, and the tables every service keeps: outbox, inbox, audit, keys."""
