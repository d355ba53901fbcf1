"""Counts that services report: a form of a period, its versions, and the forms themselves."""
