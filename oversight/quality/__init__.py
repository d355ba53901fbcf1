"""The quality of what partners report: whether it came, what was refused, what is not known, and the feedback to each partner."""
