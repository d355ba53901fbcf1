"""Pages for developers: five minutes to a first referral, the reference, a place to try it, and a page behind each problem."""
