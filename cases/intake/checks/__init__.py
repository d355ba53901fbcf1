"""Checks: what is improbable and not forbidden. The sender confirms it with a reason, or corrects it.

`rows` looks at one row, `tally` at a whole delivery beside the sender's own earlier referrals (`history`), and `confirming` keeps
what the sender has confirmed.
"""
