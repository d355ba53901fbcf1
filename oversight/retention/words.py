"""Names of this room and its table on the staff pages, and what it refuses."""

from __future__ import annotations

from cases.words import FIELDS as SHARED
from core.text import ModelNames, Text

ROOM = Text("Opbevaring", "Retention")
MODELS = {
    "retentionhold": ModelNames(
        Text("forlænget opbevaring", "prolonged retention"), Text("forlænget opbevaring", "prolonged retentions")
    ),
    "archivetransfer": ModelNames(
        Text("aflevering til Rigsarkivet", "transfer to the National Archives"),
        Text("afleveringer til Rigsarkivet", "transfers to the National Archives"),
    ),
}
FIELDS = {
    **SHARED,
    "year": Text("år", "year"),
    "until_on": Text("bevares til og med", "kept until"),
    "reason_code": Text("begrundelse", "reason"),
    "user": Text("af", "by"),
    "set_at": Text("sat", "set at"),
    "first_year": Text("første år", "first year"),
    "last_year": Text("sidste år", "last year"),
    "package": Text("arkiveringsversion", "package"),
    "digest": Text("kontrolsum", "digest"),
    "taken_at": Text("dannet", "taken at"),
    "received_at": Text("modtaget af arkivet", "received at"),
}
HELPS = {
    "year": Text(
        "Alle, som der er noget om fra det år, bevares. Tomt: alle år.",
        "Everybody with a record of that year is kept. Empty: every year.",
    ),
    "until_on": Text(
        "Dagen efter sletter reglen igen. En tidligere dag end den, der gælder, kan kun en anden sætte.",
        "The day after, the rule deletes again. A day before the one that holds can be set by somebody else alone.",
    ),
}
WARNING = Text(
    "Det gælder straks. Bliver dagen tidligere, sletter reglen derefter for altid. Rækken kan ikke ændres eller slettes; en ny kan "
    "træde i dens sted.",
    "It holds at once. Where the day gets earlier, the rule then deletes for good. The row cannot be changed or deleted; another "
    "one can take its place.",
)
NONE = Text("Intet bevares længere, end reglen siger.", "Nothing is kept for longer than the rule says.")
CONSTRAINTS = {
    "retentionhold_year_range": Text("Året ligger mellem 2000 og 2100.", "The year lies between 2000 and 2100."),
    "archivetransfer_years": Text(
        "Årene ligger mellem 2000 og 2100, det første først.",
        "The years lie between 2000 and 2100, the first one first.",
    ),
    "archivetransfer_package": Text("En pakke har et tidspunkt.", "A package has a moment."),
}
REFUSALS = {
    "HOLD_RIGHT_MISSING": Text(
        "Kun medarbejdere med ret til det kan forlænge opbevaring.", "Only staff with the right can prolong retention."
    ),
    "HOLD_OF_ONESELF": Text(
        "Du har selv sat den dag, der gælder. En anden skal gøre den tidligere.",
        "You have set the day that holds yourself. Somebody else has to make it earlier.",
    ),
}
