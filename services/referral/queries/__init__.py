"""What is read of referrals: by the unit that sent them, by the partner that got them."""
