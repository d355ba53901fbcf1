"""Names of this app and its models on the staff pages."""

from __future__ import annotations

from cases.words import FIELDS as SHARED
from core.text import ModelNames, Text

ROOM = Text("Indberetning", "Reporting")

# What the server does in the background.
MAKE_RECEIPTS = Text("Danne kvitteringer som PDF", "Make the PDFs of receipts")
MODELS = {
    "coveragenote": ModelNames(Text("dækningsnote", "coverage note"), Text("dækningsnoter", "coverage notes")),
    "monthcompletion": ModelNames(
        Text("færdigmelding", "completion of a month"), Text("færdigmeldinger", "completions of months")
    ),
}

# The coverage note of a release, for its readers and for who publishes it.
COVERAGE = {
    "title": Text("Dækning", "Coverage"),
    "kind": Text("Partnere", "Partners"),
    "expected": Text("Forventede", "Expected"),
    "complete": Text("Fuldstændige", "Complete"),
    "late": Text("For sent", "Late"),
    "begun": Text("Begyndt", "Begun"),
    "missing": Text("Mangler", "Missing"),
    "about": Text(
        "Fuldstændige er også dem, der har meldt, at der intet var. Begyndte har sendt noget, men ikke meldt perioden færdig, og "
        "fristen var ikke nået. Slags med få partnere står samlet, så ingen kan genkendes.",
        "Those that reported that there was nothing are complete too. Those that are begun had sent something and not declared the "
        "period complete, and it was not due. Kinds with few partners stand together, so that none can be recognised.",
    ),
}
# What is told of all partners together alone, by the name of the number.
OF_ALL_PARTNERS = {
    "nil": Text("{} af dem meldte, at der intet var.", "{} of them reported that there was nothing."),
    "undeclared": Text(
        "{} af dem meldte ikke en periode færdig; den gælder som færdig, fordi fristen er gået.",
        "{} of them did not declare a period complete; it counts as complete because its deadline has passed.",
    ),
}
NOBODY_EXPECTED = Text(
    "Ingen partner skulle indberette for perioden.", "No partner was expected to report on the period."
)
FEW_EXPECTED = Text(
    "For få har svaret til, at mere kan oplyses, uden at nogen kan genkendes.",
    "Too few have answered for more to be told without somebody being recognised.",
)
NO_NOTE = Text("Der blev ikke gemt en note, da udgivelsen blev dannet.", "No note was kept when the release was built.")

# What the constraints of this app refuse, by their names.
FIELDS = SHARED
CONSTRAINTS = {
    "monthcompletion_month": Text(
        "Måneden er allerede meldt færdig.", "This month has already been declared complete."
    ),
}
# From which day on a month can be declared complete.
NOT_OVER = Text(
    "Måneden er ikke slut. Den kan meldes færdig fra sin sidste dag, {day}.",
    "The month is not over. It can be declared complete from its last day on, {day}.",
)
