"""Disclosure control as mathematics: noise, primary and complementary suppression, audit, certificate. No Django, no database.

`table` is what the others share. The suppressor (`primary`, `suppress`, `optimum`) and the auditor (`knowledge`, `audit`,
`certificate`, `verify`) import nothing of each other: what one gets wrong the other must find.
"""
