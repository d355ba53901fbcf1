"""The names and explanations on the staff pages of this app, in Danish and English."""

from __future__ import annotations

from cases.words import FIELDS as SHARED
from partners.text import ModelNames, Text

STATISTICS = Text("Statistik", "Statistics")

MODELS = {
    "release": ModelNames(Text("udgivelse", "release"), Text("udgivelser", "releases")),
    "buildorder": ModelNames(Text("bestilling", "build order"), Text("bestillinger", "build orders")),
    "factdecision": ModelNames(
        Text("afgørelse om et offentliggjort tal", "decision on a figure"),
        Text("afgørelser om offentliggjorte tal", "decisions on figures"),
    ),
    "erratum": ModelNames(Text("rettelse", "erratum"), Text("rettelser", "errata")),
}

FIELDS = {
    **SHARED,
    "as_of": Text("opgjort pr.", "as of"),
    "audience": Text("modtagere", "audience"),
    "built_at": Text("dannet", "built at"),
    "change_notes_da": Text("hvad der er ændret (dansk)", "what changed, Danish"),
    "change_notes_en": Text("hvad der er ændret (engelsk)", "what changed, English"),
    "choice": Text("tabeller og parametre", "tables and parameters"),
    "codelists": Text("kodelister", "code lists"),
    "commitment": Text("nøglens SHA-256", "SHA-256 of the key"),
    "fact": Text("tal", "figure"),
    "high": Text("højst", "at most"),
    "low": Text("mindst", "at least"),
    "message": Text("resultat", "result"),
    "notes": Text("noter", "notes"),
    "ordered_at": Text("bestilt", "ordered at"),
    "kind": Text("art", "kind"),
    "period": Text("periode", "period"),
    "proposals": Text("forslag", "proposals"),
    "published_at": Text("udgivet", "published at"),
    "reason": Text("begrundelse", "reason"),
    "release": Text("udgivelse", "release"),
    "settings": Text("indstillinger", "settings"),
    "state": Text("tilstand", "state"),
    "text_da": Text("tekst (dansk)", "text, Danish"),
    "text_en": Text("tekst (engelsk)", "text, English"),
}

FOR_EVER = Text("Teksten kan læses af alle, også fremover.", "Everybody can read the text, now and later.")
ORDER_HELPS = {
    "period": Text(
        "Et år (2025), et kvartal (2025-Q4, kun for myndigheder) eller flere år under ét (2021-2025), som er begyndt.",
        "A year (2025), a quarter (2025-Q4, for authorities alone) or several years together (2021-2025) that have begun.",
    ),
    **dict.fromkeys(
        ("change_notes_da", "change_notes_en"),
        Text(
            "Hvad der er ændret siden periodens forrige udgave; skal udfyldes, hvis der er en. Alle kan læse det, også fremover.",
            "What changed since the period's last vintage. Required if there is one. Everybody can read it, now and later.",
        ),
    ),
}
PARAMETER_HELPS = {
    "threshold": Text(
        "Mindst 5. Tal under grænsen skjules, og andre for deres skyld. Er den ikke 5, koster tabellerne andet end foreslået.",
        "At least 5. Figures below it are hidden, and others for their sake. If it is not 5, the tables cost other than "
        "proposed.",
    ),
}
FACT_HELPS = {
    "fact": Text(
        "Navnet, som systemet gav tallet, da udgivelsen blev afvist.",
        "The name that the system gave the figure when it refused the release.",
    ),
    "high": Text(
        "Intervallets øvre grænse; lad feltet stå tomt, hvis der ingen er.",
        "The upper bound of the interval. Leave the field empty if there is none.",
    ),
}
ERRATUM_HELPS = {"text_da": FOR_EVER, "text_en": FOR_EVER}
ORDER_WARNING = Text(
    "Bestillingen kan ikke ændres eller slettes. Der dannes et udkast, som ingen uden for centret kan se, før det udgives.",
    "The order cannot be changed or deleted. It makes a draft, which nobody outside the centre can see until it is published.",
)
FACT_WARNING = Text(
    "Afgørelsen kan ikke ændres eller slettes. Udkast, der allerede er dannet, skal bestilles igen.",
    "The decision cannot be changed or deleted. Drafts that have been built already must be ordered again.",
)
ERRATUM_WARNING = Text(
    "Rettelsen udgives straks og kan ikke ændres eller slettes. Alle kan læse den, også fremover.",
    "The erratum is published at once and cannot be changed or deleted. Everybody can read it, now and later.",
)

# What the constraints of this app refuse, by their names.
CONSTRAINTS = {
    "buildorder_one_answer": Text(
        "En bestilling af forslag har hverken tabeller eller et udkast, og kun den har forslag.",
        "An order of proposals has neither tables nor a draft, and no other order has proposals.",
    ),
    "erratum_said": Text("Skriv rettelsen på begge sprog.", "Write the erratum in both languages."),
    "factdecision_bounds_of_intervals": Text(
        "Grænser hører til et interval, som skal have dem begge.",
        "Bounds belong to an interval, and an interval needs both.",
    ),
    "factdecision_low_below_high": Text(
        "Den nedre grænse skal være mindst 0 og højst den øvre.",
        "The lower bound must be 0 or more and not above the upper bound.",
    ),
    "release_change_notes_of_vintages": Text(
        "En senere udgave skal på begge sprog angive, hvad der er ændret; den første udgave skal ikke.",
        "A later vintage must say in both languages what has changed; the first vintage must not.",
    ),
    "release_commitment_of_protected": Text(
        "En beskyttet udgivelse skal have en kontrolsum af sin nøgle, og ingen anden udgivelse må have en.",
        "A protected release must have the digest of its key, and no other release may have one.",
    ),
    "release_months": Text("Perioden ender, før den begynder.", "The period ends before it begins."),
    "release_vintage": Text("Udgaven findes allerede.", "This vintage already exists."),
    "withdrawal_by_another": Text("En udgivelse kan ikke erstatte sig selv.", "A release cannot replace itself."),
}
