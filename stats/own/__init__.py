"""A partner's own referrals as figures: the one place where records are counted as they stand, for the partner that wrote them."""
