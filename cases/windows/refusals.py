"""What the functions of `cases/windows/sql` refuse."""

from __future__ import annotations

from core.text import Text

REFUSALS = {
    "WINDOW_RIGHT_MISSING": Text(
        "Kun centrets partneransvarlige ændrer frister. Bed en af dem om at gøre det.",
        "Only the centre's partner managers change windows. Ask one of them to do it.",
    ),
    "REOPENING_RIGHT_MISSING": Text(
        "Kun centrets partneransvarlige, eller partnerens leder eller sagsbehandler, genåbner et år. Bed en af dem om det.",
        "Only the centre's partner managers, or a manager or caseworker of the partner, reopen a year. Ask one of them.",
    ),
    "REOPENING_TOO_LONG": Text(
        "Et år genåbnes tidligst til og med i dag og højst for et år.",
        "A year is reopened until today at the earliest, and for a year at most.",
    ),
    "RECORD_OPENING_REFUSED": Text(
        "Kun centrets sagsansvarlige og partneransvarlige åbner en enkelt henvisning, og højst for et år.",
        "Only the centre's case managers and partner managers open a single referral, and for a year at most.",
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
