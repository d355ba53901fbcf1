"""What the staff pages call the things of this app and the fields of all rooms, Danish and English."""

from __future__ import annotations

from partners.staff.words import FIELDS as EVERYWHERE
from partners.text import Named, Words

CASES = Words("Sager", "Cases")

MODELS = {
    "case": Named(Words("sag", "case"), Words("sager", "cases")),
}

# By the field's name, in whichever app of the cases.
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
