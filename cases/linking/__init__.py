"""What the centre decides of cases: merging, splitting, undoing, and what is true of a person whose records differ.

Nothing is moved: referrals and assessments keep the case that they were submitted to. Links stand beside them.
"""
