"""National action plans: their areas and initiatives as a table, and indicators with observations that a second person approves."""
