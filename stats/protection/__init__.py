"""Statistical disclosure control as mathematics, without Django and without a database. Terms: docs/glossary.md.

`space` and `views` say what the others work on. `suppress` chooses the hidden cells and knows the true counts. `audit` proves that
they suffice and does not know them. `verify` checks the proof by adding up. None of the three imports another: what one gets wrong
the others must find. `perturbation` is the noise of authorities' cells, with its keys.
"""
