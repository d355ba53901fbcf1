"""Texts of the staff pages on cases, the rows in which they show a conflict, and what a decision on cases decided."""

from __future__ import annotations

from typing import Any, NamedTuple
from uuid import UUID

from django.http import Http404

from cases.codelists.staff import LINK_REASON
from cases.codelists.types import CodeList
from cases.linking.conflicts import ASSESSMENT, DECISION, OF_MEETING, OF_PERSON, REFERRAL, Conflict, Listing, Value
from cases.linking.models import ATTRIBUTES, LinkDecision, LinkDecisionKind, RecordLink
from cases.linking.person_view import label
from cases.months import month_shown
from cases.words import FIELDS as SHARED
from core.text import Text, lazily, say, short
from partners.staff.naming import moment_of

FIELDS = SHARED
# What the constraints of this app refuse, by their names.
CONSTRAINTS = {
    "attributedecision_field": Text(
        "Der kan ikke træffes afgørelse om dette felt.", "No decision can be made on this field."
    ),
    "linkdecision_undoes": Text(
        "En omgørelse skal nævne den afgørelse, den omgør.", "An undo must name the decision that it undoes."
    ),
    "mergedcase_once": Text("En sag kan kun nævnes én gang.", "A case can be named only once."),
    "restrictedcase_once": Text("Sagen er allerede begrænset.", "The case is restricted already."),
}
LABELS = {attribute.name: lazily(attribute.label) for attribute in ATTRIBUTES}


class Question(NamedTuple):
    """The question of a page, and a note on what follows from the answer."""

    title: Text
    note: Text


FIND = Question(
    Text("Find en sag", "Find a case"),
    Text("Sagskoden kommer aldrig til at stå i en webadresse.", "The token never appears in a web address."),
)
MERGE = Question(
    Text("Læg sager sammen", "Merge cases"),
    Text(
        "Skriv én sag på hver linje. Den næste side viser sagerne, før de lægges sammen.",
        "Enter one case on each line. The next page shows the cases before they are merged.",
    ),
)
MERGE_SURE = Question(
    Text("Er disse sager én person?", "Are these cases one person?"),
    Text(
        "Organisationerne får ikke besked. Det kan omgøres.",
        "The organisations are not notified. It can be undone.",
    ),
)
MERGE_YES = Text("Ja, læg dem sammen", "Yes, merge them")
MERGED = Text("Sagerne er nu lagt sammen til én person.", "The cases are one person now.")
RESTRICTED = Question(
    Text("Behandlingen er begrænset", "The processing is restricted"),
    Text(
        "Personen har fået behandlingen af sine oplysninger begrænset (databeskyttelsesforordningens artikel 18). Ingen kan se dem "
        "eller afgøre noget om dem, før centrets databeskyttelse ophæver det.",
        "The person had the processing of the data restricted (GDPR, article 18). Nobody can see them or decide on them until the "
        "centre's data protection staff lift that.",
    ),
)
LOCK = Text("begrænset", "restricted")
SPLIT_NOTE = Text(
    "De valgte oplysninger flyttes til en ny sag med en ny sagskode, som du giver organisationerne. Det kan omgøres.",
    "The chosen records are moved to a new case with a new token, which you give to the organisations. It can be undone.",
)
COUNTS_RESTORED = Text(
    "Alle tal bliver igen, som de var uden afgørelsen. En omgørelse kan ikke omgøres: så skal der træffes en ny afgørelse.",
    "Every count becomes what it was without the decision. An undo cannot be undone: that takes a new decision.",
)
# Who decided, where no user did.
COMMAND_WORDS = Text("en kommando", "a command")
UNDO: dict[str, Question] = {
    LinkDecisionKind.MERGE: Question(Text("Omgør en sammenlægning", "Undo a merge"), COUNTS_RESTORED),
    LinkDecisionKind.SPLIT: Question(Text("Omgør en opdeling", "Undo a split"), COUNTS_RESTORED),
}
NEXT = Text("Her er den næste modsigelse.", "Here is the next conflict.")
MOVED = Text(
    "Oplysningerne hører nu til denne nye sag. Giv organisationerne den nye sagskode.",
    "The records now belong to this new case. Give its token to the organisations.",
)
PRECEDENCE = Text(
    "En medarbejders afgørelse går forud for henvisninger, men ikke for en vurdering.",
    "A decision by staff overrides referrals, but not an assessment.",
)
# In the place of the question where the deciding assessment verified the attribute.
VERIFIED = Text(
    "Myndighedens vurdering gælder. En afgørelse her ændrer intet.",
    "The authority's assessment counts. A decision here changes nothing.",
)
COUNTS = Text("tæller", "counts")
SOURCES = {
    ASSESSMENT: Text("vurdering", "assessment"),
    DECISION: Text("afgørelse", "decision"),
    REFERRAL: Text("henvisning", "referral"),
}


def split_question(case: UUID) -> Question:
    """The question of the page that splits a case."""
    return Question(Text(f"Opdel sag {short(case)}", f"Split case {short(case)}"), SPLIT_NOTE)


def moved_to(case: str, count: int) -> Text:
    """How many records a split moved to a case."""
    da, en = ("oplysning", "record") if count == 1 else ("oplysninger", "records")
    return Text(f"{count} {da} flyttet til {case}", f"{count} {en} moved to {case}")


def how_many(count: int, open_count: int) -> Text:
    """How many conflicts there are, and how many of them wait for a decision."""
    da, en = ("uafklaret", "is") if open_count == 1 else ("uafklarede", "are")
    return Text(f"{count}, heraf {open_count} {da}.", f"{count}, of which {open_count} {en} unresolved.")


def only_unresolved(count: int) -> Text:
    """How many conflicts there are of which only those that wait for a decision are told."""
    return Text(f"{count} {'uafklaret' if count == 1 else 'uafklarede'}", f"{count} unresolved")


def list_parts(shown: Listing, resolved: bool) -> dict[str, Any]:
    """What the list of conflicts says beside its rows. Its numbers are of what it shows: of the `resolved` ones too, or not."""
    numbers = shown.counts if resolved else shown.waiting
    count, waiting = (sum(each[name] for name in OF_PERSON) for each in (shown.counts, shown.waiting))
    return {
        "listing": shown,
        "how_many": how_many(count, waiting),
        "how_many_meetings": only_unresolved(sum(shown.waiting[name] for name in OF_MEETING)),
        "resolved": resolved,
        "every": sum(numbers[name] for name in OF_PERSON),
        "of_person": [(name, LABELS[name], numbers[name]) for name in OF_PERSON],
        "of_meeting": [(name, LABELS[name], numbers[name]) for name in OF_MEETING],
        "next": shown.page + 1 if shown.page < shown.pages else None,
    }


def conflict_row(conflict: Conflict) -> dict[str, Any]:
    """A conflict as a row of a page: the value that counts, and each value with its source.

    `verified`: why no decision is offered, where the deciding assessment verified the attribute.
    """
    return {
        "person": conflict.person,
        "field": conflict.field,
        "name": LABELS[conflict.field],
        "counts": label(conflict.field, conflict.code),
        "unresolved": conflict.unresolved,
        "verified": VERIFIED if conflict.is_verified else None,
        "values": [value_cells(conflict.field, each) for each in conflict.values],
    }


def reason_of(codelist: CodeList, code: str) -> str:
    return str(codelist.by_code[code].label)


def value_cells(field: str, value: Value) -> tuple[str, ...]:
    """The cells of one value: its label, kind of source, partner, month, consent, and whether it counts."""
    consent = label("consent", value.consent) if value.consent else ""
    month = month_shown(value.month) if value.month else ""
    return (
        label(field, value.code),
        str(SOURCES[value.source]),
        value.partner or "",
        month,
        consent,
        str(COUNTS) if value.counts else "",
    )


def case_of(decision: LinkDecision) -> UUID:
    """A case that a decision concerns: one that it merged, or the one that it split. Raises `Http404` where all were erased."""
    first_merge = decision.merged.order_by("case").first()
    if first_merge is not None:
        return first_merge.case_id
    first_move = RecordLink.objects.filter(decision=decision).order_by("recorded_at", "pk").first()
    if first_move is None:
        raise Http404
    case: UUID = first_move.from_case_id
    return case


def cases_in_words(decision: LinkDecision) -> str:
    """The cases that a decision merged, or how many records it moved to which case. What was erased since is left out."""
    if decision.kind == LinkDecisionKind.MERGE:
        return ", ".join(short(each.case_id) for each in decision.merged.order_by("case__opened_at", "case"))
    return ", ".join(str(moved_to(short(case), count)) for case, count in moves_of(decision).items())


def moves_of(decision: LinkDecision) -> dict[UUID, int]:
    """How many records a split moved to each case. A record whose link began again, once a later split was undone, is one."""
    records = RecordLink.objects.filter(decision=decision).values_list("case", "partner", "reference", "from_case")
    cases = [row[0] for row in records.distinct().order_by("case")]
    return {case: cases.count(case) for case in dict.fromkeys(cases)}


def facts_of_decision(decision: LinkDecision) -> list[tuple[object, object]]:
    """What a decision decided, by whom, when and why."""
    return [
        (say("Sager", "Cases"), cases_in_words(decision)),
        (say("Af", "By"), decision.user or COMMAND_WORDS),
        (say("Tidspunkt", "At"), moment_of(decision.decided_at)),
        (say("Begrundelse", "Reason"), reason_of(LINK_REASON, decision.reason_code)),
    ]
