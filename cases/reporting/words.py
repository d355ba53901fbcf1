"""What the staff pages call the things of this app, Danish and English."""

from __future__ import annotations

from partners.text import Named, Text

REPORTING = Text("Indberetning", "Reporting")

MODELS = {
    "nilreport": Named(Text("nulindberetning", "nil report"), Text("nulindberetninger", "nil reports")),
}
