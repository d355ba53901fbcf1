"""Building releases for authorities and for the public: what is chosen, what is known already, protection, proof, storing.

The mathematics is in `stats.protection`, which knows no database. Here records become its unknowns, and its answers
become drafts that a second person publishes. Terms: docs/glossary.md.
"""
