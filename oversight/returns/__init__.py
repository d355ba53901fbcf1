"""Returned referrals: what the centre asks a partner about its own records, and how far a referral has come.

A referral is returned with a reason and comes back as a correction, a withdrawal or an answer. Nothing here tells a partner of
another organisation's records.
"""
