"""Words of windows: names of the models and fields, help texts, and what a closed year says to whoever sends."""

from __future__ import annotations

from cases.windows.years import PeriodRule, WindowState
from cases.words import FIELDS as SHARED
from core.text import ModelNames, Text

ROOM = Text("Frister og underskrifter", "Windows and signatures")

MODELS = {
    "windowchange": ModelNames(
        Text("ændret frist for et år", "changed deadline of a year"),
        Text("ændrede frister for år", "changed deadlines of years"),
    ),
    "reopening": ModelNames(Text("genåbning", "reopening"), Text("genåbninger", "reopenings")),
    "recordopening": ModelNames(
        Text("åbning af en henvisning", "opening of a referral"),
        Text("åbninger af henvisninger", "openings of referrals"),
    ),
    "yearreceipt": ModelNames(
        Text("kvittering for et år", "receipt of a year"),
        Text("kvitteringer for underskrevne år", "receipts of signed years"),
    ),
    "receiptfile": ModelNames(Text("kvittering som PDF", "PDF of a receipt"), Text("PDF'er", "PDFs")),
}
FIELDS = {
    **SHARED,
    "year": Text("år", "year"),
    "opens_on": Text("åbner", "opens"),
    "deadline_on": Text("frist", "deadline"),
    "new_until": Text("nye henvisninger til og med", "new referrals until"),
    "corrections_until": Text("rettelser til og med", "corrections until"),
    "until_on": Text("åben til og med", "open until"),
    "reason_code": Text("begrundelse", "reason"),
    "user": Text("af", "by"),
    "changed_at": Text("ændret", "changed at"),
    "reopened_at": Text("genåbnet", "reopened at"),
    "signed_at": Text("underskrevet", "signed at"),
    "number": Text("nummer", "number"),
    "digest": Text("kontrolsum", "digest"),
}
HELPS = {
    "partner": Text(
        "Lad feltet stå tomt, hvis fristen gælder alle partnere, der indberetter fast.",
        "Leave empty if the window is for all partners that are expected to report.",
    ),
    "year": Text("Det kalenderår, henvisningerne hører til.", "The calendar year that the referrals belong to."),
    "opens_on": Text(
        "Tom dato: som for alle partnere, og ellers som standarden.",
        "An empty day: as for all partners, and otherwise as the default.",
    ),
    "deadline_on": Text(
        "Derefter er året forsinket til underskrift. Intet lukker.",
        "After it, the year is late to be signed. Nothing closes.",
    ),
    "new_until": Text(
        "Derefter afvises nye henvisninger og færdigmeldinger.",
        "After it, new referrals and completions of months are refused.",
    ),
    "corrections_until": Text("Derefter afvises rettelser.", "After it, corrections are refused."),
    "until_on": Text(
        "Så længe kan partneren sende og rette alt i året.",
        "Until then the partner can send and correct all of the year.",
    ),
}
CHANGE_WARNING = Text(
    "Fristen gælder straks. Dage, der står tomme, falder tilbage til dem for alle partnere eller standarden, også hvis de før var "
    "sat. Rækken kan ikke ændres eller slettes; en ny kan træde i dens sted.",
    "The window holds at once. Days left empty fall back to those of all partners or the default, also where they were set before. "
    "The row cannot be changed or deleted; another one can take its place.",
)
ONLY_CHANGES = Text(
    "Her står de frister, som nogen har ændret. Hvilke der gælder for et år, står under Kvalitet, »Årets frister«.",
    "Here are the deadlines that somebody has changed. Which hold for a year, stands under Quality, “Deadlines of the year”.",
)
NONE_CHANGED = Text(
    "Ingen frister er ændret: alle partnere følger de almindelige frister.",
    "No deadlines were changed: all partners follow the ordinary deadlines.",
)
TAKEN_BACK = Text("Falder tilbage", "Fall back")
HELD_NOW = Text("Gælder nu", "Holds now")
NEVER_CLOSES = Text("året lukker ikke", "the year does not close")
REOPENING_WARNING = Text(
    "Partneren kan straks sende og rette i året. En underskrift på året gælder ikke længere: året skal underskrives igen. Rækken "
    "kan ikke ændres eller slettes.",
    "The partner can send and correct at once. A signature of the year no longer holds: it has to be signed again. The row cannot "
    "be changed or deleted.",
)
CONSTRAINTS = {
    "windowchange_year_range": Text("Året ligger mellem 2000 og 2100.", "The year lies between 2000 and 2100."),
    "windowchange_closes_after_it_opens": Text("Året lukker, efter at det åbner.", "The year closes after it opens."),
    "windowchange_corrections_close_last": Text(
        "Rettelser lukker ikke før nye henvisninger.", "Corrections do not close before new referrals."
    ),
    "reopening_year_range": Text("Året ligger mellem 2000 og 2100.", "The year lies between 2000 and 2100."),
    "receipt_year_range": Text("Året ligger mellem 2000 og 2100.", "The year lies between 2000 and 2100."),
    "receipt_number": Text("Året har allerede en kvittering med det nummer.", "The year has a receipt of that number."),
    "receipt_number_from_one": Text("Kvitteringer nummereres fra 1.", "Receipts are numbered from 1."),
}
# What is told of a record, by the id of the rule.
PERIODS: dict[str, Text] = {
    PeriodRule.NOT_OPEN: Text("Året er ikke åbnet endnu.", "The year is not open yet."),
    PeriodRule.CLOSED_FOR_NEW: Text(
        "Året er lukket for nye henvisninger og færdigmeldinger.",
        "The year is closed for new referrals and completions of months.",
    ),
    PeriodRule.CLOSED_FOR_CORRECTIONS: Text("Året er lukket for rettelser.", "The year is closed for corrections."),
    PeriodRule.SIGNED: Text(
        "Året er underskrevet. Det skal genåbnes, før noget i det kan ændres.",
        "The year is signed. It has to be reopened before anything in it can change.",
    ),
}
# How a year stands, as staff read it.
STATES: dict[WindowState, Text] = {
    WindowState.NOT_OPEN: Text("ikke åbnet endnu", "not open yet"),
    WindowState.OPEN: Text("åben", "open"),
    WindowState.CORRECTIONS: Text("lukket for nye, åben for rettelser", "closed for new ones, open for corrections"),
    WindowState.CLOSED: Text("lukket", "closed"),
    WindowState.SIGNED: Text("underskrevet", "signed"),
    WindowState.REOPENED: Text("genåbnet", "reopened"),
}
# What the functions of this room in the database refuse, by their codes.
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
