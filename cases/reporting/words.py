"""Names of this app and its models on the staff pages."""

from __future__ import annotations

from partners.text import ModelNames, Text

REPORTING = Text("Indberetning", "Reporting")

# What the server does in the background.
MAKE_RECEIPTS = Text("Danne kvitteringer som PDF", "Make the PDFs of receipts")
MODELS = {
    "coveragenote": ModelNames(Text("dækningsnote", "coverage note"), Text("dækningsnoter", "coverage notes")),
    "nilreport": ModelNames(Text("nulindberetning", "nil report"), Text("nulindberetninger", "nil reports")),
}

# What the constraints of this app refuse, by their names.
CONSTRAINTS = {
    "nilreport_month": Text("Der er allerede indberettet for måneden.", "This month has already been reported."),
}
