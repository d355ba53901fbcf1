"""What a referral has been, in words: its versions, and what each of them changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from cases import dictionary as d
from cases import tokens
from cases.codelists.common import label_of
from cases.codelists.types import NOT_APPLICABLE, NOT_ASKED
from cases.fields import CodedField, CodeSetField, Field, MonthField, TokenField
from cases.intake.additions import LABELS, REASON
from cases.intake.rules import codes_of
from cases.intake.templates.columns import NONE
from cases.intake.versions import FieldChange, changes, content_of
from cases.models import Referral
from cases.months import first_day, month_words
from cases.rules import UNINFORMATIVE
from cases.versions import Status
from core.text import Text, short
from pages.desk.records.fields import conditions
from pages.desk.records.words import STATUS_WORDS
from partners.models import Client

# By what people know a referral again.
KNOWN_BY = (d.GENDER.name, d.AGE_BAND.name, d.CITIZENSHIP.name)
FIELDS: dict[str, Field] = {each.name: each for each in (*d.REFERRAL, *d.WITHDRAWAL)}
DESK = Text("Indberetningssiderne", "The desk")
NOTHING = Text("–", "–")
DOES_NOT_APPLY = Text("Gælder ikke her", "Does not apply here")


@dataclass(frozen=True, slots=True)
class ChangeInWords:
    """A field in which two versions differ."""

    label: Text
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class VersionInWords:
    """One version: when it was stored, from where, and what it changed. `is_end`: it withdraws the referral."""

    version: int
    status: Text
    recorded_at: datetime
    sender: object
    changes: Sequence[ChangeInWords]
    is_end: bool


def steps(partner_id: UUID, reference: UUID, language: str) -> list[VersionInWords]:
    """Every version of a referral, the first one in front."""
    rows = Referral.objects.of(partner_id).filter(reference=reference)
    versions: list[Referral] = list(rows.select_related("case", "client").order_by("version"))
    return [step(row, before, language) for row, before in zip(versions, [None, *versions], strict=False)]


def step(row: Referral, before: Referral | None, language: str) -> VersionInWords:
    words = [in_words(each, language) for each in changes(before, row)]
    return VersionInWords(
        row.version,
        STATUS_WORDS[row.status],
        row.recorded_at,
        sender(row.client),
        words,
        row.status == Status.WITHDRAWN,
    )


def sender(client: Client) -> object:
    """From where a version came: the desk, or a machine by its name."""
    return DESK if client.is_desk else client.name or client.client_id


def in_words(change: FieldChange, language: str) -> ChangeInWords:
    label = LABELS[REASON] if change.field == REASON else FIELDS[change.field].label
    return ChangeInWords(label, *(words_of(change.field, each, language) for each in (change.before, change.after)))


def words_of(name: str, value: Any, language: str) -> str:
    """A value of a referral in words."""
    field = FIELDS[name]
    match field:
        case CodedField() | CodeSetField():
            labels = [label_of(field.codelist, code)(language) for code in codes_of(value)]
            return ", ".join(labels) or NONE(language)
        case MonthField():
            month = first_day(value or "")
            return month_words(month, language) if month else NOTHING(language)
        case TokenField():
            return tokens.in_groups(value) if value else NOTHING(language)
    return str(value)


def person_in_words(row: Referral, language: str) -> str:
    """By what people know the person again: `Kvinde, 18–24 år, Nigeria`."""
    return ", ".join(words_of(name, getattr(row, name), language) for name in KNOWN_BY)


def name_of(row: Referral, language: str) -> str:
    """A referral as the list shows it: its month, the person and how its reference begins; where it is restricted, that alone."""
    if row.is_restricted:
        return f"{short(row.reference)}…"
    return f"{month_words(row.referred_in, language)}: {person_in_words(row, language)} ({short(row.reference)}…)"


def values_in_words(referral: Referral, language: str) -> list[tuple[Text, str, bool]]:
    """Every field of a referral with its value, and whether it says anything. The reason only where it is withdrawn."""
    content = content_of(referral)
    if content[REASON] == NOT_APPLICABLE:
        del content[REASON]
    return [value_in_words(name, content, language) for name in content]


def value_in_words(name: str, content: Mapping[str, Any], language: str) -> tuple[Text, str, bool]:
    """A field with its value, and whether it says anything. What was not asked, since it is for others only, does not apply."""
    value = content[name]
    says = value not in (NOT_ASKED, [NOT_ASKED])
    words = words_of(name, value, language) if says or may_apply(name, content) else DOES_NOT_APPLY(language)
    return FIELDS[name].label, words, says


def may_apply(name: str, content: Mapping[str, Any]) -> bool:
    """Whether a field may say something of this referral: the field that it depends on, if any, says so or says nothing."""
    condition = conditions().get(name)
    return condition is None or content[condition.field.name] in UNINFORMATIVE.union(condition.codes)
