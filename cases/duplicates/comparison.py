"""The referrals of two persons side by side, for the member of staff who decides."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from cases import dictionary as d
from cases.codelists.common import label_of
from cases.fields import CodedField, CodeSetField
from cases.linking.models import CaseLink
from cases.linking.person_view import NOTHING_CHOSEN
from cases.linking.persons import records_of
from cases.models import Assessment, Referral
from cases.months import month_words
from cases.rules import UNINFORMATIVE
from cases.versions import Status
from core.text import Text
from partners.models import Partner

AGREE, PARTLY, DIFFER, OPEN = "agree", "partly", "differ", ""
MARKS = {
    AGREE: Text("ens", "the same"),
    PARTLY: Text("delvis ens", "partly the same"),
    DIFFER: Text("forskellige", "differ"),
    OPEN: Text("", ""),
}
REFERRALS = Text("Henvisninger", "Referrals")
ASSESSMENTS = Text("Vurderinger", "Assessments")
# Stands in the place of a code: no code list has it.
NONE = ""
type Coded = CodedField | CodeSetField


@dataclass(frozen=True, slots=True)
class ComparisonLine:
    """One field: the values of each person's referrals, and whether the two persons' known values are the same."""

    name: str
    first: tuple[str, ...]
    second: tuple[str, ...]
    mark: str
    mark_label: str = ""


def side_by_side(first: UUID, second: UUID, language: str) -> list[ComparisonLine]:
    """The records of two persons, then the fields of their referrals in the order of the dictionary.

    Tokens and references are left out.
    """
    one, other = referrals_of(first), referrals_of(second)
    fields = [field for field in d.REFERRAL if isinstance(field, CodedField | CodeSetField)]
    ours, theirs = (tuple(sender(row.referred_in, row.partner, language) for row in rows) for rows in (one, other))
    here, there = (tuple(outcome(row, language) for row in assessments_of(who)) for who in (first, second))
    return [
        ComparisonLine(REFERRALS(language), ours, theirs, OPEN),
        ComparisonLine(ASSESSMENTS(language), here, there, OPEN),
        *(line(field, one, other, language) for field in fields),
    ]


def versions_of(person: UUID) -> list[UUID]:
    """The current versions of everything that was sent of a person."""
    cases = [person, *CaseLink.objects.current().filter(person=person).values_list("case_id", flat=True)]
    return [record.version for record in records_of(*cases)]


def referrals_of(person: UUID) -> list[Referral]:
    """The current, not withdrawn referrals of a person, the earliest first."""
    rows = Referral.objects.filter(pk__in=versions_of(person)).exclude(status=Status.WITHDRAWN)
    return list(rows.select_related("partner").order_by("referred_in", "recorded_at", "pk"))


def assessments_of(person: UUID) -> list[Assessment]:
    """The current assessments of a person, the earliest first. Those that are not decided have no month, and come last."""
    rows = Assessment.objects.filter(pk__in=versions_of(person)).select_related("partner")
    return list(rows.order_by("decided_in", "recorded_at", "pk"))


def sender(month: date | None, partner: Partner, language: str) -> str:
    """`marts 2025, Sandbox Police`."""
    return f"{month_words(month, language)}, {partner.name}" if month else partner.name


def outcome(row: Assessment, language: str) -> str:
    """`marts 2025, Sandbox Police: identificeret`."""
    return f"{sender(row.decided_in, row.partner, language)}: {label_of(d.OUTCOME.codelist, row.outcome)(language)}"


def line(field: Coded, one: Iterable[Referral], other: Iterable[Referral], language: str) -> ComparisonLine:
    """One field of both persons."""
    first, second = (values_of(field, rows) for rows in (one, other))
    mark = mark_of(*({*side} - UNINFORMATIVE for side in (first, second)))
    ours, theirs = (tuple(words_of(field, code, language) for code in side) for side in (first, second))
    return ComparisonLine(field.label(language), ours, theirs, mark, MARKS[mark](language))


def mark_of(first: set[str], second: set[str]) -> str:
    """How the known values of two persons compare. Values that overlap are not the same."""
    if not (first and second):
        return OPEN
    return AGREE if first == second else PARTLY if first & second else DIFFER


def values_of(field: Coded, rows: Iterable[Referral]) -> list[str]:
    """The codes of a field in all referrals of a person, each once. `NONE` says something only where no referral says more."""
    codes = list(dict.fromkeys(value for row in rows for value in values(field, row)))
    return [each for each in codes if each != NONE] if {*codes} - UNINFORMATIVE - {NONE} else codes


def values(field: Coded, row: Referral) -> list[str]:
    """The codes of a field; `NONE` for a set that is empty, and known to be."""
    value = getattr(row, field.name)
    return list(value) or [NONE] if isinstance(field, CodeSetField) else [value]


def words_of(field: Coded, code: str, language: str) -> str:
    return (NOTHING_CHOSEN if code == NONE else label_of(field.codelist, code))(language)
