"""The attack battery: each attack is run against our build, where it must fail, and against a weakened one, where it must succeed.

An attacker sees answers over HTTP, the published code lists and what others have published; nothing here imports the protection
that is under attack, except to weaken it. `pytest tests/attacks` ends with the table of what was measured.
"""
