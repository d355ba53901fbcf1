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

# The coverage note of a release, for its readers and for who publishes it.
COVERAGE = {
    "title": Text("Dækning", "Coverage"),
    "kind": Text("Partnere", "Partners"),
    "expected": Text("Forventede", "Expected"),
    "complete": Text("Fuldstændige", "Complete"),
    "late": Text("For sent", "Late"),
    "missing": Text("Mangler", "Missing"),
    "about": Text(
        "Fuldstændige er også dem, der har meldt, at der intet var. Slags med få partnere står samlet, så ingen kan genkendes.",
        "Those that reported that there was nothing are complete too. Kinds with few partners stand together, so that none can be "
        "recognised.",
    ),
}
NIL = Text("{} af dem meldte, at der intet var.", "{} of them reported that there was nothing.")
NOBODY_EXPECTED = Text(
    "Ingen partner skulle indberette for perioden.", "No partner was expected to report on the period."
)
FEW_EXPECTED = Text(
    "For få har svaret til, at mere kan oplyses, uden at nogen kan genkendes.",
    "Too few have answered for more to be told without somebody being recognised.",
)
NO_NOTE = Text("Der blev ikke gemt en note, da udgivelsen blev dannet.", "No note was kept when the release was built.")

# What the constraints of this app refuse, by their names.
CONSTRAINTS = {
    "nilreport_month": Text("Der er allerede indberettet for måneden.", "This month has already been reported."),
}
