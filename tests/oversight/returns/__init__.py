"""Referrals that the centre returns to their partners."""
