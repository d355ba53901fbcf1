"""Names of this app and its models on the staff pages, and what its database refuses."""

from __future__ import annotations

from partners.text import ModelNames, Text

SERVICES = Text("Tal fra tilbud", "Counts of services")

MODELS = {
    "countreport": ModelNames(
        Text("indberettet skema", "count report"),
        Text("indberettede skemaer", "count reports"),
        {"form": Text("skema", "form"), "period": Text("periode", "period"), "content": Text("tal", "numbers")},
    ),
}
CONSTRAINTS = {
    "countreport_version": Text("Versionen findes allerede.", "This version already exists."),
    "countreport_current": Text(
        "Skemaet findes allerede for perioden.", "The form is reported for this period already."
    ),
}
