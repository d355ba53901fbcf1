"""Referrals that the centre returned, their answers, and how far a referral has come."""
