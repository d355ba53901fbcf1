"""What the functions of `cases/windows/sql` refuse."""

from __future__ import annotations

from partners.text import Text

REFUSALS = {
    "WINDOW_RIGHT_MISSING": Text(
        "Kun aktive medarbejdere med rettigheden add_windowchange må ændre frister.",
        "Only active staff with the right add_windowchange may change windows.",
    ),
    "REOPENING_RIGHT_MISSING": Text(
        "Kun medarbejdere med rettigheden, eller den, der indberetter for partneren, må genåbne et år.",
        "Only staff with the right, or somebody who submits for the partner, may reopen a year.",
    ),
    "REOPENING_TOO_LONG": Text(
        "Et år genåbnes tidligst til og med i dag og højst for et år.",
        "A year is reopened until today at the earliest, and for a year at most.",
    ),
    "RECORD_OPENING_REFUSED": Text(
        "Kun aktive medarbejdere kan åbne en enkelt henvisning, og højst for et år.",
        "Only active staff can open a single referral, and for a year at most.",
    ),
    "RECEIPT_RIGHT_MISSING": Text(
        "Et år underskrives af en leder eller en sagsbehandler hos partneren.",
        "A year is signed by a manager or a caseworker of its partner.",
    ),
    "RECEIPT_STANDS": Text(
        "Året er underskrevet og ikke genåbnet siden.", "The year is signed, and was not reopened since."
    ),
    "RECEIPT_NUMBER": Text("Kvitteringer for et år nummereres fra 1.", "Receipts of a year are numbered from 1."),
}
