"""What can be wrong with the form of a body's members, by code: what any reader of the dictionary says, and the API alone."""

from __future__ import annotations

from cases.intake.rulebook import RULES
from cases.intake.shapes import SHAPES
from core.text import Text

OF_BODIES = {
    "linkage_code_expected": Text(
        "En koblingskode: 64 hexadecimale cifre med små bogstaver.",
        "A linkage code: 64 hexadecimal digits in lower case.",
    ),
    "day_expected": Text("En dag som 2025-03-14.", "A day such as 2025-03-14."),
    "line_expected": Text(
        "Vej, nummer, postnummer og by på én linje, højst 200 tegn: intet telefonnummer, ingen mail, intet personnummer.",
        "Street, number, postal code and town on one line, at most 200 characters: no telephone number, mail address or number of "
        "a person.",
    ),
    "list_expected": Text("En liste af JSON-objekter.", "A list of JSON objects."),
    "too_many_items": Text("For mange på listen.", "Too many items in the list."),
    "rule_not_asked": Text(
        "Leverancen er ikke spurgt om dette. Det, den er spurgt om, står i allowed.",
        "The delivery was not asked about this. What it was asked about is in allowed.",
    ),
    "indexes_not_asked": Text(
        "Ingen af disse rækker er spurgt om dette. Udelad indexes for at bekræfte alle, der er.",
        "None of these rows was asked about this. Leave out indexes to confirm all that were.",
    ),
    "count_expected": Text("Et helt tal, 0 eller mere.", "A whole number, 0 or more."),
    "indexes_expected": Text("En liste af rækkers numre, fra 0.", "A list of numbers of rows, from 0."),
}
# What a record names and what it corrects, as a row of a file is told.
OF_ROWS = {code: RULES[code].detail for code in ("reference_not_uuid4", "version_expected")}
DETAILS = SHAPES | OF_BODIES | OF_ROWS
