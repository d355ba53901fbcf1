"""What was sent abroad, for the audit of releases."""

from __future__ import annotations

from stats import sent_abroad

sent_abroad.FIGURES.append("publications.international.elsewhere.figures")
sent_abroad.YEARS.append("publications.international.elsewhere.years")
