"""What is kept and told beside the figures of a release: its coverage note, and the reports behind its months.

The note is kept as a release is built. It and the number of reports that were expected and came are for whoever publishes the
release.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime
from typing import Any

from django.db import connection

from core.text import Text, in_one
from oversight.reporting import states
from oversight.reporting.coverage import answers_of_months, coverage, expectations, kinds_in_words
from oversight.reporting.models import CoverageNote
from oversight.reporting.words import COVERAGE, FEW_EXPECTED, NO_NOTE, NOBODY_EXPECTED, OF_ALL_PARTNERS
from stats.models import EXACT, Release
from stats.rooms_above import ExpectedReports

# The numbers of a row that add up to how many were expected.
COUNTED = ("complete", "late", "begun", "missing")


def keep(release: Release) -> None:
    """Keep the note of a protected release that is being stored. Whoever reads exact figures reads the calendars themselves."""
    if release.audience != EXACT:
        note = coverage(release.first_month, release.last_month, release.as_of)
        CoverageNote.objects.create(release=release, content=note.as_json())


def notes_of(releases: Collection[str]) -> dict[str, dict[str, Any]]:
    """The notes of releases by their ids; those of before there were notes have none. One statement."""
    return dict(CoverageNote.objects.filter(pk__in=releases).values_list("pk", "content"))


def facts(release: Release) -> Iterator[tuple[object, object]]:
    """The note of a release for who orders or publishes it, as readers will have it: of all partners, then of each row."""
    note = notes_of([release.pk]).get(release.pk)
    if note is None:
        yield COVERAGE["title"], NO_NOTE
        return
    yield COVERAGE["title"], in_one(*facts_of_all(note))
    for row in note["rows"]:
        yield name_of_row(row["kinds"]), in_one(*(number_in(row, name) for name in ("expected", *COUNTED)))


def name_of_row(kinds: Sequence[str]) -> Text:
    """What a row is called among other facts: `Dækning, Kommune`."""
    return Text(*(", ".join(each) for each in zip(COVERAGE["title"], kinds_in_words(kinds), strict=True)))


def facts_of_all(note: dict[str, Any]) -> Iterator[Text]:
    """How many partners were expected, how many of them said nil or declared nothing where that is told, and what the rows are.

    Where there is none, why.
    """
    if not note["expected"]:
        yield NOBODY_EXPECTED
        return
    yield number_in(note, "expected")
    for name, words in OF_ALL_PARTNERS.items():
        if note[name]:
            yield Text(*(each.format(note[name]) for each in words))
    yield COVERAGE["about"] if note["rows"] else FEW_EXPECTED


def number_in(row: dict[str, Any], name: str) -> Text:
    """A number of the note with its name: `Mangler: 3.`"""
    return Text(*(f"{each}: {row[name]}." for each in COVERAGE[name]))


# Of partners in the live world, whether a report was expected of them or not.
REPORTED = """
SELECT (
    SELECT count(*) FROM cases_referral r JOIN partners_partner p ON p.id = r.partner_id
    WHERE p.mode = 'LIVE' AND r.referred_in BETWEEN %(first)s AND %(last)s AND r.recorded_at <= %(at)s
    AND (r.superseded_at IS NULL OR r.superseded_at > %(at)s) AND r.status <> 'withdrawn'
), (
    SELECT count(*) FROM reporting_monthcompletion n JOIN partners_partner p ON p.id = n.partner_id
    WHERE p.mode = 'LIVE' AND n.month BETWEEN %(first)s AND %(last)s AND n.recorded_at <= %(at)s
)
"""


def reports_of_months(first: date, last: date, at: datetime) -> ExpectedReports:
    """The reports of the months from `first` to `last` as they had come by a moment. A few statements.

    Who has closed since was expected to report what had ended by then: nobody leaves the count of what is missing.
    """
    periods_wanted = {partner.pk: those for partner, those in expectations(first, last, at).items()}
    every = [period for each in periods_wanted.values() for period in each]
    answers = states.answers_by_partner(periods_wanted.keys(), *states.bounds(every)) if every else {}
    came = sum(
        states.evaluate(period, answers_of_months(answers.get(partner, {}), at), at).state in states.COMPLETE
        for partner, those in periods_wanted.items()
        for period in those
    )
    with connection.cursor() as cursor:
        cursor.execute(REPORTED, {"first": first, "last": last, "at": at})
        referrals, months_declared = cursor.fetchone() or (0, 0)
    return ExpectedReports(len(every), came, referrals, months_declared)
