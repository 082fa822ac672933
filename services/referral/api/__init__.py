"""The JSON edge of referral: what the unit calls, what partners call, and the directory."""
