"""Referrals: what a unit asks of a partner, what the partner answers, and the proof of both."""
