"""What was sent abroad, for the audit of releases."""

from __future__ import annotations

from stats import rooms_above

rooms_above.FIGURES_SENT.append("publications.international.dispatches.unpublished_figures")
rooms_above.YEARS_SENT.append("publications.international.dispatches.years_of_files")
