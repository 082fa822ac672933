"""The history of referral's schema."""
