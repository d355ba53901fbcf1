"""What the audit calls the actions of this room, and their details."""

from __future__ import annotations

from cases.codelists.staff import ATTRIBUTE_REASON, LINK_REASON
from cases.linking.models import ATTRIBUTES
from core.text import Text
from partners.staff import audit_words

audit_words.add(
    {
        "case.view": Text("Person set af en medarbejder", "Person seen by a member of staff"),
        "case.merge": Text("Sager lagt sammen", "Cases merged"),
        "case.split": Text("Sag opdelt", "Case split"),
        "case.undo": Text("Afgørelse omgjort", "Decision undone"),
        "case.attribute": Text("Oplysning afgjort", "Attribute decided"),
    },
    {
        "reason": Text("begrundelse", "reason"),
        "field": Text("felt", "field"),
        "cases": Text("sager", "cases"),
        "undoes": Text("omgør", "undoes"),
        "records": Text("oplysninger", "records"),
        "new_case": Text("ny sag", "new case"),
    },
    {
        "reason": {code.code: code.label for reasons in (LINK_REASON, ATTRIBUTE_REASON) for code in reasons.codes},
        "field": {attribute.name: attribute.label for attribute in ATTRIBUTES},
    },
    looks=["case.view"],
)
