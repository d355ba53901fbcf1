"""The centre's decisions on cases: merges, splits, undoing them, and the attributes of a person whose records disagree.

Records are never moved. A referral or an assessment keeps the case that it was submitted to; links say where it belongs.
"""
