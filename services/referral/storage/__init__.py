"""What referral keeps, and who may see which of it."""
