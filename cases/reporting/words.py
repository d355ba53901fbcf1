"""What the staff pages call the things of this app, Danish and English."""

from __future__ import annotations

from partners.text import Named, Words

REPORTING = Words("Indberetning", "Reporting")

MODELS = {
    "nilreport": Named(Words("nulindberetning", "nil report"), Words("nulindberetninger", "nil reports")),
}
