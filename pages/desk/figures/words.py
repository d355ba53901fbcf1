"""The words of a partner's own figures."""

from __future__ import annotations

from collections.abc import Mapping

from core.text import Text

FIGURES: Mapping[str, Text] = {
    "title": Text("Jeres tal", "Your figures"),
    "lead": Text(
        "Jeres egne henvisninger, talt nøjagtigt, som de står nu. Tilbagetrukne henvisninger tælles ikke med. Tallene er "
        "jeres egne: de er ikke beskyttet og må ikke udgives.",
        "Your own referrals, counted exactly as they stand now. Withdrawn ones are not counted. The figures are your own: they "
        "are not protected and must not be published.",
    ),
    "choose": Text("Vælg, hvad der tælles", "Choose what is counted"),
    "rows": Text("Rækker", "Rows"),
    "columns": Text("Kolonner", "Columns"),
    "no_columns": Text("Kun i alt", "Total only"),
    "from": Text("Fra og med måned", "From month"),
    "to": Text("Til og med måned", "To month"),
    "zeros": Text("Vis også svar uden henvisninger", "Show answers without referrals too"),
    "apply": Text("Vis", "Show"),
    "total": Text("I alt", "Total"),
    "number": Text("Henvisninger", "Referrals"),
    "caption": Text("Henvisninger efter {by}, {months}, opgjort {day}", "Referrals by {by}, {months}, counted {day}"),
    "between": Text("{first} – {last}", "{first} – {last}"),
    "since": Text("fra og med {first}", "from {first}"),
    "until": Text("til og med {last}", "to {last}"),
    "all_months": Text("alle måneder", "all months"),
    "not_published": Text("Jeres egne tal: må ikke udgives", "Your own figures: not to be published"),
    "test": Text("Testtilstand: tallene er ikke jeres rigtige.", "Test mode: these are not your real figures."),
    "none": Text("Der er ingen henvisninger at tælle.", "There are no referrals to count."),
    "fetch": Text("Hent", "Download"),
    "csv": Text("CSV", "CSV"),
    "xlsx": Text("Excel", "Excel"),
    "file": Text("egne-tal", "own-figures"),
    "sheet": Text("Tal", "Figures"),
    "two_of_one": Text(
        "Vælg to forskellige felter for rækker og kolonner.", "Choose different fields for rows and columns."
    ),
}
TOO_LARGE = Text(
    "Tabellen bliver for stor. Vælg færre måneder, et andet felt, eller kun det, der ikke er nul.",
    "The table is too large. Choose fewer months, another field, or only what is not zero.",
)
