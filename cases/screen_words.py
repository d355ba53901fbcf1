"""What the staff pages call the things of this app, their fields and their codes, Danish and English."""

from __future__ import annotations

from partners.staff.words import FIELDS as EVERYWHERE
from partners.text import Named, Words

CASES = Words("Sager og statistik", "Cases and statistics")

MODELS = {
    "case": Named(Words("sag", "case"), Words("sager", "cases")),
    "duplicate": Named(Words("mulig dublet", "possible duplicate"), Words("mulige dubletter", "possible duplicates")),
    "duplicatedecision": Named(
        Words("afgjort dublet", "decided duplicate"), Words("afgjorte dubletter", "decided duplicates")
    ),
    "release": Named(Words("udgivelse", "release"), Words("udgivelser", "releases")),
    "buildorder": Named(Words("bestilling", "build order"), Words("bestillinger", "build orders")),
    "factdecision": Named(
        Words("afgørelse om et offentliggjort tal", "decision on a figure"),
        Words("afgørelser om offentliggjorte tal", "decisions on figures"),
    ),
    "erratum": Named(Words("rettelse", "erratum"), Words("rettelser", "errata")),
    "nilreport": Named(Words("nulindberetning", "nil report"), Words("nulindberetninger", "nil reports")),
    "tombstone": Named(Words("sletning", "tombstone"), Words("sletninger", "tombstones")),
}

FIELDS = {
    **EVERYWHERE,
    "as_of": Words("opgjort pr.", "as of"),
    "audience": Words("modtagere", "audience"),
    "built_at": Words("dannet", "built at"),
    "change_notes_da": Words("hvad der er ændret (dansk)", "what changed, Danish"),
    "change_notes_en": Words("hvad der er ændret (engelsk)", "what changed, English"),
    "choice": Words("tabeller og parametre", "tables and parameters"),
    "codelists": Words("kodelister", "code lists"),
    "commitment": Words("nøglens SHA-256", "SHA-256 of the key"),
    "counts": Words("omfang", "how much"),
    "decided_at": Words("afgjort", "decided at"),
    "decision": Words("afgørelse", "decision"),
    "erased_at": Words("slettet", "erased at"),
    "fact": Words("tal", "figure"),
    "found_at": Words("fundet", "found at"),
    "high": Words("højst", "at most"),
    "low": Words("mindst", "at least"),
    "merge": Words("sammenlægning", "merge"),
    "message": Words("resultat", "what came of it"),
    "month": Words("måned", "month"),
    "notes": Words("noter", "notes"),
    "opened_at": Words("åbnet", "opened at"),
    "opened_by": Words("åbnet af", "opened by"),
    "ordered_at": Words("bestilt", "ordered at"),
    "period": Words("periode", "period"),
    "published_at": Words("udgivet", "published at"),
    "reason": Words("begrundelse", "reason"),
    "reason_code": Words("begrundelse", "reason"),
    "reasons": Words("grundlag", "evidence"),
    "recorded_at": Words("modtaget", "recorded at"),
    "release": Words("udgivelse", "release"),
    "score": Words("vægt", "score"),
    "settings": Words("indstillinger", "settings"),
    "state": Words("tilstand", "state"),
    "test": Words("testdata", "test data"),
    "text_da": Words("tekst (dansk)", "text, Danish"),
    "text_en": Words("tekst (engelsk)", "text, English"),
    "token_unknown": Words("ukendt sagskode", "token unknown"),
}

FOR_EVER = Words("Teksten kan læses af alle, også fremover.", "Everybody may read it, for ever.")
ORDER_HELPS = {
    "period": Words(
        "Et år (2025), et kvartal (2025-Q4, kun for myndigheder) eller flere år under ét (2021-2025), som er begyndt.",
        "A year (2025), a quarter (2025-Q4, for authorities alone) or several years together (2021-2025) that have begun.",
    ),
    "choice": Words("Lad feltet stå tomt for det, systemet foreslår.", "Empty: what the build proposes."),
    **dict.fromkeys(
        ("change_notes_da", "change_notes_en"),
        Words(
            "Hvad der er ændret siden periodens forrige udgave; skal udfyldes, hvis der er en. Alle kan læse det, også fremover.",
            "What changed since the last release of the period; needed where there is one. Everybody may read it, for ever.",
        ),
    ),
}
FACT_HELPS = {
    "fact": Words("Navnet, som systemet gav tallet, da udgivelsen blev afvist.", "As the build named it."),
    "high": Words(
        "Intervallets øvre grænse; lad feltet stå tomt, hvis der ingen er.", "Of an interval; empty for no bound."
    ),
}
ERRATUM_HELPS = {"text_da": FOR_EVER, "text_en": FOR_EVER}
ORDER_WARNING = Words(
    "Bestillingen kan ikke ændres eller slettes. Der dannes et udkast, som ingen uden for centret kan se, før det udgives.",
    "An order cannot be changed or deleted. It makes a draft, which nobody outside the centre sees until it is published.",
)
FACT_WARNING = Words(
    "Afgørelsen kan ikke ændres eller slettes. Udkast, der allerede er dannet, skal bestilles igen.",
    "A decision cannot be changed or deleted. Drafts that were built before it have to be ordered again.",
)
ERRATUM_WARNING = Words(
    "Rettelsen udgives straks og kan ikke ændres eller slettes. Alle kan læse den, også fremover.",
    "An erratum is published at once and cannot be changed or deleted. Everybody may read it, for ever.",
)
