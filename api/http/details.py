"""What can be wrong with the form of a body's members, by code: what any reader of the dictionary says, and the API alone."""

from __future__ import annotations

from cases.intake.shapes import SHAPES
from partners.text import Text

OF_BODIES = {
    "linkage_code_expected": Text(
        "En koblingskode: 64 hexadecimale cifre med små bogstaver.",
        "A linkage code: 64 hexadecimal digits in lower case.",
    ),
}
DETAILS = SHAPES | OF_BODIES
