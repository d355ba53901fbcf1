"""What events of this room are about, in words: the audit keeps orders, decisions, dates and releases by their codes."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.utils.text import capfirst

from cases.dimensions import DATASETS
from core.text import Text
from partners.staff.subjects import uuid_of
from stats.choices import AUDIENCES, DATE_STATUSES, FACT_DECISIONS
from stats.fact_words import words_of_fact
from stats.models import AnnouncedDate
from stats.periods import Period
from stats.refusals import REFUSALS

# `2023-Q4.a1`: the period, for whom, and the vintage.
RELEASE = re.compile(r"(.+)\.([apv])([0-9]+)", re.ASCII)
BY_LETTER = {"p": "public", "a": "authority", "v": "exact"}
THE_RELEASE = Text("udgivelsen", "the release")
# Why the database refused, said within a sentence of the audit.
CODES = {
    code: Text(
        *(
            capfirst(words(language).format(subject=THE_RELEASE(language))).removesuffix(".")
            for language in Text._fields
        )
    )
    for code, words in REFUSALS.items()
}


def order(subject: str) -> str:
    """An order: `2024 public OPEN` is `2024, the public`. Its state is that of every new order."""
    period, _, rest = subject.partition(" ")
    audience = AUDIENCES.get(rest.partition(" ")[0])
    return f"{period_in_words(period)}, {audience}" if audience else subject


def decision(subject: str) -> str:
    """A decision on a fact: `2020: superseded` is `2020, in all: superseded`. Where it was only read, the fact alone."""
    fact, _, code = subject.rpartition(": ")
    return f"{words_of_fact(fact)}: {FACT_DECISIONS[code]}" if code in FACT_DECISIONS else str(words_of_fact(subject))


def announced_dates(subjects: Iterable[str]) -> dict[str, str]:
    """What was announced of entries of the calendar: their titles and statuses, by the subjects. One statement."""
    entries = {subject: uuid_of(subject.partition(" ")[0]) for subject in subjects}
    # An entry keeps the title of its first notice.
    notices = AnnouncedDate.objects.filter(entry__in={*filter(None, entries.values())}, sequence=0)
    first = {each.entry: each for each in notices}
    return {subject: announced_date(subject, first.get(entry) if entry else None) for subject, entry in entries.items()}


def announced_date(subject: str, notice: AnnouncedDate | None) -> str:
    """What was announced of an entry, with its first notice: its title and status."""
    status = subject.partition(" ")[2]
    if notice is None or status not in DATE_STATUSES:
        return subject
    title = period_in_words(notice.period) if notice.period else Text(notice.title_da, notice.title_en)
    return f"{title}, {DATE_STATUSES[status]}"


def release(subject: str) -> str:
    """A release, with the id by which it is cited; of exact figures of a dataset the dataset."""
    if subject in DATASETS:
        return str(DATASETS[subject].label)
    parts = RELEASE.fullmatch(subject)
    if parts is None:
        return subject
    of, vintage = f"{period_in_words(parts[1])}, {AUDIENCES[BY_LETTER[parts[2]]]}", parts[3]
    return str(Text(f"{of}, udgave {vintage} ({subject})", f"{of}, vintage {vintage} ({subject})"))


def period_in_words(period: str) -> str:
    months = Period.parse(period)
    return str(months.label) if months else period
