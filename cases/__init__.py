"""Cases, and the versions of referrals and assessments."""
