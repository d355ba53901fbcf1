"""The referrals of two persons side by side, for the member of staff who decides."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from cases import dictionary as d
from cases.codelists.common import label_of
from cases.fields import CodedField, CodeSetField, Field, MonthField
from cases.linking.models import CaseLink
from cases.linking.records import records_of
from cases.models import Referral
from cases.months import month_words
from cases.rules import UNINFORMATIVE
from cases.statuses import Status
from partners.text import Text

AGREE, PARTLY, DIFFER, OPEN = "agree", "partly", "differ", ""
MARKS = {
    AGREE: Text("ens", "the same"),
    PARTLY: Text("delvis ens", "partly the same"),
    DIFFER: Text("forskellige", "differ"),
    OPEN: Text("", ""),
}
WHO = Text("Organisation", "Organisation")


@dataclass(frozen=True, slots=True)
class ComparisonLine:
    """One field: the values of each person's referrals, and whether the two persons' known values are the same."""

    name: str
    first: tuple[str, ...]
    second: tuple[str, ...]
    mark: str
    mark_label: str = ""


def side_by_side(first: UUID, second: UUID, language: str) -> list[ComparisonLine]:
    """The fields of two persons' current referrals, in the order of the dictionary. Tokens and references are left out."""
    one, other = referrals_of(first), referrals_of(second)
    first_names, second_names = (tuple(sorted({referral.partner.name for referral in rows})) for rows in (one, other))
    fields = [field for field in d.REFERRAL if isinstance(field, CodedField | CodeSetField | MonthField)]
    return [
        ComparisonLine(WHO(language), first_names, second_names, OPEN),
        *(line(field, one, other, language) for field in fields),
    ]


def referrals_of(person: UUID) -> list[Referral]:
    """The current, not withdrawn referrals of a person, the earliest first."""
    cases = [person, *CaseLink.objects.current().filter(person=person).values_list("case_id", flat=True)]
    versions = [record.version for record in records_of(*cases) if record.reference is not None]
    rows = Referral.objects.filter(pk__in=versions).exclude(status=Status.WITHDRAWN).select_related("partner")
    return list(rows.order_by("referred_in", "recorded_at", "pk"))


def line(field: Field, one: Iterable[Referral], other: Iterable[Referral], language: str) -> ComparisonLine:
    """One field of both persons."""
    first, second = (dict.fromkeys(value for row in rows for value in values(field, row)) for rows in (one, other))
    mark = OPEN if isinstance(field, MonthField) else mark_of(*({*side} - UNINFORMATIVE for side in (first, second)))
    ours, theirs = (tuple(in_words(field, value, language) for value in side) for side in (first, second))
    return ComparisonLine(field.label(language), ours, theirs, mark, MARKS[mark](language))


def mark_of(first: set[str], second: set[str]) -> str:
    """How the known values of two persons compare. Values that overlap are not the same."""
    if not (first and second):
        return OPEN
    return AGREE if first == second else PARTLY if first & second else DIFFER


def values(field: Field, row: Referral) -> list[Any]:
    """The codes of a field, or its month."""
    value = getattr(row, field.name)
    return list(value) if isinstance(field, CodeSetField) else [value]


def in_words(field: Field, value: Any, language: str) -> str:
    """The label of a code, or a month in words."""
    if isinstance(field, CodedField | CodeSetField):
        return label_of(field.codelist, value)(language)
    return month_words(value, language)
