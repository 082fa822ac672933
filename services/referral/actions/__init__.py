"""What can be done with referrals: one verb each, in the words of the field."""
