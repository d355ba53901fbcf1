"""Names on the staff pages: the models of this app, and the fields of all rooms of `cases`."""

from __future__ import annotations

from partners.staff.words import FIELDS as EVERYWHERE
from partners.text import Named, Text

CASES = Text("Sager", "Cases")

MODELS = {
    "case": Named(Text("sag", "case"), Text("sager", "cases")),
}

# By the name of the field, in every app of `cases`.
FIELDS = {
    **EVERYWHERE,
    "as_of": Text("opgjort pr.", "as of"),
    "audience": Text("modtagere", "audience"),
    "built_at": Text("dannet", "built at"),
    "change_notes_da": Text("hvad der er ændret (dansk)", "what changed, Danish"),
    "change_notes_en": Text("hvad der er ændret (engelsk)", "what changed, English"),
    "choice": Text("tabeller og parametre", "tables and parameters"),
    "codelists": Text("kodelister", "code lists"),
    "commitment": Text("nøglens SHA-256", "SHA-256 of the key"),
    "counts": Text("omfang", "row counts"),
    "decided_at": Text("afgjort", "decided at"),
    "decision": Text("afgørelse", "decision"),
    "erased_at": Text("slettet", "erased at"),
    "fact": Text("tal", "figure"),
    "found_at": Text("fundet", "found at"),
    "high": Text("højst", "at most"),
    "low": Text("mindst", "at least"),
    "merge": Text("sammenlægning", "merge"),
    "message": Text("resultat", "result"),
    "month": Text("måned", "month"),
    "notes": Text("noter", "notes"),
    "opened_at": Text("åbnet", "opened at"),
    "opened_by": Text("åbnet af", "opened by"),
    "ordered_at": Text("bestilt", "ordered at"),
    "period": Text("periode", "period"),
    "published_at": Text("udgivet", "published at"),
    "reason": Text("begrundelse", "reason"),
    "reason_code": Text("begrundelse", "reason"),
    "reasons": Text("grundlag", "evidence"),
    "recorded_at": Text("modtaget", "recorded at"),
    "release": Text("udgivelse", "release"),
    "score": Text("vægt", "score"),
    "settings": Text("indstillinger", "settings"),
    "state": Text("tilstand", "state"),
    "test": Text("testdata", "test data"),
    "text_da": Text("tekst (dansk)", "text, Danish"),
    "text_en": Text("tekst (engelsk)", "text, English"),
    "token_unknown": Text("ukendt sagskode", "token unknown"),
}
