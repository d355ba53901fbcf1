"""Names on the staff pages: the models and fields of this app, and the fields that several rooms of `cases` share."""

from __future__ import annotations

from core.text import ModelNames, Text
from partners.staff.words import FIELDS as EVERYWHERE

ROOM = Text("Sager", "Cases")

MODELS = {
    "case": ModelNames(Text("sag", "case"), Text("sager", "cases")),
}

FIELDS = {
    **EVERYWHERE,
    "counts": Text("omfang", "row counts"),
    "decided_at": Text("afgjort", "decided at"),
    "decision": Text("afgørelse", "decision"),
    "month": Text("måned", "month"),
    "opened_at": Text("åbnet", "opened at"),
    "opened_by": Text("åbnet af", "opened by"),
    "reason_code": Text("begrundelse", "reason"),
    "recorded_at": Text("modtaget", "recorded at"),
    "test": Text("testdata", "test data"),
    "token_unknown": Text("ukendt sagskode", "token unknown"),
}

# What the constraints of this app refuse, by their names.
CONSTRAINTS = {
    "assessment_version": Text("Versionen findes allerede.", "This version already exists."),
    "case_token": Text("Sagskoden er allerede i brug.", "This case token is already in use."),
    "inventeddata_once": Text("Det kan kun angives én gang.", "This can be stated only once."),
    "referral_version": Text("Versionen findes allerede.", "This version already exists."),
}
