"""Releases for authorities and for the public: what is chosen, what is known already, protection, proof, and what is stored.

The mathematics is in `cases.statistics.protection`, which knows no database. Here records become unknowns of it, and its answers
become drafts that two people have to agree on.
"""
