"""Names of this app and its models on the staff pages."""

from __future__ import annotations

from partners.text import Named, Text

REPORTING = Text("Indberetning", "Reporting")

MODELS = {
    "nilreport": Named(Text("nulindberetning", "nil report"), Text("nulindberetninger", "nil reports")),
}
