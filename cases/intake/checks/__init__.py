"""Checks: what is improbable and not forbidden. The sender confirms it with a reason, or corrects it.

`rows` looks at one row, `delivery` at a whole delivery beside the sender's own earlier referrals (`counts`), and `confirmations`
keeps what the sender has confirmed.
"""
