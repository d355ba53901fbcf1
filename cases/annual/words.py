"""Words of the annual report: what its readers see, and the names of its tables on the pages of staff."""

from __future__ import annotations

from partners.text import Text

TITLE = Text("Menneskehandel i Danmark {year}", "Human trafficking in Denmark {year}")
# The word of its address, after the language: /da/rapport/2023, /en/report/2023.
PATH = Text("rapport", "report")
NOT_TOLD = Text(
    "Antallet af ofre i {year} vises ikke som ét tal.", "The number of victims in {year} is not shown as one number."
)
BY_YEAR = Text("Personer vurderet som ofre, år for år", "Persons identified as victims, year by year")
OVERVIEW = Text("Tallene samlet, de seneste fem år", "The figures together, the last five years")
STAGES = Text("Fra udredning til vurdering", "From examination to identification")
STAGE = Text("Trin", "Stage")
EXAMINED = Text("Personer udredt", "Persons assessed")
IDENTIFIED = Text("Personer vurderet som ofre", "Persons identified as victims")
GROUP = Text("Gruppe", "Group")
EVERYBODY = Text("Alle", "Everybody")
SOURCE = Text("Kilde: {}.", "Source: {}.")
NO_FIGURES = Text("Der er endnu ingen offentliggjorte tal om:", "There are no published figures yet on:")
ERRATA = Text("Rettelser til udgivne tal:", "Errata to published figures:")
CHANGES = Text("Ændret siden sidst:", "Changed since the vintage before:")
UNCHANGED = Text(
    "Der er ingen rettelser og ingen ændringer af de tal, som rapporten bygger på.",
    "There are no errata to the figures of the report, and no changes of them.",
)
HOW = Text(
    "Hvert tal i rapporten står i de udgivelser, der er nævnt under tabellerne, og kan slås efter dér. Andele og ændringer er "
    "beregnet af offentliggjorte tal og afrundet til hele procent, hvor der er under 200 personer. Ingen har skrevet tal ind.",
    "Every figure of the report stands in the releases that are named below the tables, and can be looked up there. Shares and "
    "changes are computed from published figures, and rounded to a whole per cent where there are fewer than 200 persons. Nobody "
    "has typed a figure.",
)
PROTECTED = Text(
    "Tal, der kunne pege på færre end {threshold} personer, vises ikke, og heller ikke de tal, som de kunne beregnes af. Hver "
    "udgivelse har et bevis, som enhver kan kontrollere.",
    "Figures that could point at fewer than {threshold} persons are not shown, nor are those from which they could be computed. "
    "Each release has a proof that anybody can check.",
)
COMMENT = Text("Kommentar", "Comment")
COLOPHON = {
    "publisher": Text("Udgiver", "Publisher"),
    "version": Text("Version", "Version"),
    "releases": Text("Udgivelser", "Releases"),
    "address": Text("Fast adresse", "Permanent address"),
    "licence": Text("Licens", "Licence"),
    "data": Text("Data, SHA-256", "Data, SHA-256"),
    "pdf": Text("PDF, SHA-256", "PDF, SHA-256"),
}
RELEASE = Text("{id} (udgave {vintage}, udgivet {day})", "{id} (vintage {vintage}, published {day})")
