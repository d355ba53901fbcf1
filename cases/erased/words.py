"""Names of this app and its models on the staff pages."""

from __future__ import annotations

from cases.words import FIELDS as SHARED
from core.text import ModelNames, Text

ROOM = Text("Personers rettigheder", "Persons' rights")

MODELS = {
    "tombstone": ModelNames(Text("sletning", "erasure"), Text("sletninger", "erasures")),
}

FIELDS = {
    **SHARED,
    "erased_at": Text("slettet", "erased at"),
}
CONSTRAINTS = {
    "tombstone_by_whom": Text(
        "Kun en regel sletter uden en medarbejder.", "Only a rule erases without a member of staff."
    ),
}
