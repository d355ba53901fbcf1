"""Counts of services on the desk: which forms are expected, and a page for a form and period, made from the table of forms."""
