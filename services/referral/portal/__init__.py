"""The partners' portal: a referral on a telephone, without an account of ours in the browser."""
