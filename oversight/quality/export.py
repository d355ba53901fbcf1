"""The quality page and the feedback to a partner as CSV, in words and names that no spreadsheet computes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from django.http import HttpResponse

from core.formats import csv_for_people
from core.text import Text
from oversight.quality.feedback import Feedback
from oversight.quality.overview import Overview
from partners.staff.naming import day_of

HEAD = (Text("tabel", "table"), Text("partner", "partner"), Text("emne", "subject"), Text("værdi", "value"))
PERIOD, RULE, FILES = Text("periode", "period"), Text("regel", "rule"), Text("afviste filer", "refused files")
UNKNOWN, LATE = Text("ukendt, %", "not known, %"), Text("kom for sent", "came late")
SIGNED = Text("underskrevet", "signed")
ALL, REFERRALS, CHANGE = Text("alle", "all"), Text("henvisninger", "referrals"), Text("ændret", "changed")
Line = Sequence[object]


def as_csv(lines: Iterable[Line], name: str) -> HttpResponse:
    """A file of lines under the head that all files here have."""
    return csv_for_people([HEAD, *lines], name)


def overview_lines(page: Overview) -> Iterator[Line]:
    """The lines of the quality page, as its reader sees it."""
    for row in page.matrix:
        yield from ((PERIOD, row.partner, cell.report.period.label, cell.words) for cell in row.cells if cell.report)
        if row.signed_at or row.lack:
            yield SIGNED, row.partner, page.year, row.lack.words if row.lack else day_of(row.signed_at)
    for each in page.rules:
        yield RULE, each.partner, with_field(each.count.title, each.count.label), each.rows_sent
    for partner, files in page.refusals:
        yield FILES, partner, "", files
    for line in page.shares or ():
        shares = ((label, now) for _, label, now, _ in line.fields if now is not None)
        yield from ((UNKNOWN, line.partner or ALL, label, now) for label, now in shares)


def feedback_lines(page: Feedback) -> Iterator[Line]:
    yield REFERRALS, page.partner, page.year, page.referrals
    for report in page.calendar.late:
        yield LATE, page.partner, report.period.label, ""
    for each in page.rules:
        yield RULE, page.partner, with_field(each.title, each.label), each.rows_sent
    yield FILES, page.partner, "", page.files
    for line in page.fields:
        yield UNKNOWN, page.partner, line.label, line.share.percent
        if line.comparison is not None:
            band = line.comparison
            yield UNKNOWN, ALL, line.label, band.low if band.is_published else f"{band.low}–{band.high}"
    for text in page.changes:
        yield CHANGE, page.partner, "", text


def with_field(title: Text, label: Text) -> str:
    """A rule with its field, where it has one."""
    return f"{title} ({label})" if label.da else str(title)
