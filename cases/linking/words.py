"""What the staff pages on cases ask, and how they say a conflict and a decision."""

from __future__ import annotations

from typing import Any, NamedTuple

from cases.codelists.types import CodeList
from cases.linking.conflicts import ASSESSMENT, DECISION, REFERRAL, Conflict, Value
from cases.linking.models import ATTRIBUTES, Kind
from cases.linking.person import label
from partners.text import Text, lazily, now, say

LABELS = {attribute.name: lazily(attribute.label) for attribute in ATTRIBUTES}


class Question(NamedTuple):
    """What a page asks, and what to know before answering."""

    title: Text
    about: Text


FIND = Question(
    Text("Find en sag", "Find a case"),
    Text("Sagskoden kommer aldrig til at stå i en webadresse.", "The token is posted and never in an address."),
)
MERGE = Question(
    Text("Læg sager sammen", "Merge cases"),
    Text(
        "Skriv én sagskode på hver linje. Organisationerne får ikke besked.",
        "One token in a line. The organisations are told nothing of it.",
    ),
)
SPLIT = Question(
    Text("Del en sag", "Split a case"),
    Text("De valgte oplysninger flyttes til en ny sag.", "The records chosen go to a new case."),
)
AGAIN = Text("Alle tal bliver igen, som de var uden afgørelsen.", "Every count is again what it was without it.")
UNDO: dict[str, Question] = {
    Kind.MERGE: Question(Text("Omgør en sammenlægning", "Undo a merge"), AGAIN),
    Kind.SPLIT: Question(Text("Omgør en deling", "Undo a split"), AGAIN),
}
MOVED = Text(
    "Oplysningerne hører nu til denne nye sag. Giv organisationerne den nye sagskode.",
    "These records are of this new case now; hand its token to the organisations.",
)
FIRST = Text(
    "Medarbejderes afgørelse går forud for alle henvisninger.", "What staff decide comes before every referral."
)
COUNTS = Text("tæller", "counts")
SOURCES = {
    ASSESSMENT: Text("vurdering", "assessment"),
    DECISION: Text("afgørelse", "decision"),
    REFERRAL: Text("henvisning", "referral"),
}


def row(conflict: Conflict) -> dict[str, Any]:
    """A conflict as a page shows it: each value as its label, what counts, and where it comes from."""
    return {
        "person": conflict.person,
        "field": conflict.field,
        "name": LABELS[conflict.field],
        "counts": say("uafklaret", "unresolved") if conflict.unresolved else label(conflict.field, conflict.code),
        "unresolved": conflict.unresolved,
        "values": [value(conflict.field, each) for each in conflict.values],
    }


def reason_of(codelist: CodeList, code: str) -> str:
    """Why, in words."""
    return now(codelist.by_code[code].label)


def value(field: str, said: Value) -> tuple[str, ...]:
    """One value: its label, the kind of source, the partner, the month, the consent, and whether it counts."""
    consent = label("consent", said.consent) if said.consent else ""
    month = f"{said.month:%Y-%m}" if said.month else ""
    return (
        label(field, said.code),
        now(SOURCES[said.source]),
        said.partner or "",
        month,
        consent,
        now(COUNTS) if said.counts else "",
    )
