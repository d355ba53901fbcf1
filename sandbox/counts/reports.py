"""What the organisations of the sandbox report: the lines of every form and period, and how each report came.

Most come in time. Some are late, one is corrected, some say that there was nothing, some leave numbers blank, some never came.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from random import Random

from cases.services.content import Content, Line, canonical, key_of
from cases.services.forms import FORMS, HOTLINE, SHELTER
from cases.services.periods import CountPeriod
from cases.services.shapes import CountForm, CountPeriodKind
from sandbox.chance import NULL, stream, uuid4
from sandbox.counts.programmes import ASKED_SINCE, PROGRAMMES
from sandbox.counts.shapes import SHELTERS, SandboxProgramme, periods_of
from sandbox.organisations import SandboxRole
from sandbox.rows import Desk

TABLE = "services_countreport"
COLUMNS = (
    "id", "partner_id", "client_id", "form", "form_version", "period", "version", "content", "recorded_at", "superseded_at",
)  # fmt: skip
# Who reports which form, by the programmes and shelters.
REPORTERS = tuple(dict.fromkeys([*((each.role, each.form.id) for each in PROGRAMMES)]))


class Coming(StrEnum):
    """How a report came, where it did not come in time with all its numbers."""

    LATE = "LATE"
    MISSING = "MISSING"
    NIL = "NIL"
    BLANK = "BLANK"
    CORRECTED = "CORRECTED"


# The version of the hotline's form that asked for less.
HOTLINE_BEFORE = "1.0"
# By the organisation, the form and the period.
COMINGS: Mapping[tuple[SandboxRole, str, str], Coming] = {
    (SandboxRole.SHELTER, "SHELTER", "2018-03"): Coming.LATE,
    (SandboxRole.CENTRE, "HOTLINE", "2019-06"): Coming.CORRECTED,
    (SandboxRole.OUTREACH, "OUTREACH", "2020-04"): Coming.NIL,
    (SandboxRole.OUTREACH, "CLINIC", "2020-04"): Coming.NIL,
    (SandboxRole.POLICE, "JUSTICE", "2021"): Coming.LATE,
    (SandboxRole.MUNICIPALITY, "CLINIC", "2021-12"): Coming.LATE,
    (SandboxRole.ADVICE, "OUTREACH", "2022-07"): Coming.MISSING,
    (SandboxRole.ADVICE, "OUTREACH", "2022-08"): Coming.MISSING,
    (SandboxRole.MUNICIPALITY, "CLINIC", "2023-10"): Coming.MISSING,
    (SandboxRole.ADVICE, "OUTREACH", "2023-11"): Coming.BLANK,
}
# Numbers that are left blank: nobody has counted them.
BLANKS = {"first_contacts", "informed"}
DRAWN_APART = frozenset({Coming.MISSING, Coming.NIL})
IN_TIME, TOO_LATE, LATER = (3, 10), (70, 90), timedelta(days=25)
Cells = Mapping[tuple[str, ...], Line]


@dataclass(frozen=True, slots=True)
class SandboxReport:
    """A report of the sandbox, with what an earlier version of it said, where it was corrected."""

    role: SandboxRole
    form: CountForm
    period: CountPeriod
    content: Content
    earlier: Content | None
    recorded_at: datetime

    @property
    def form_version(self) -> str:
        """The version of its form when it was reported."""
        is_older = self.form is HOTLINE and self.period.year < ASKED_SINCE
        return HOTLINE_BEFORE if is_older else self.form.version

    @property
    def versions(self) -> list[Content]:
        """What it said, version by version."""
        return [self.content] if self.earlier is None else [self.earlier, self.content]


def reports(years: Iterable[int], seed: int) -> Iterator[SandboxReport]:
    """Every report of some years, in an order that the seed does not change."""
    of_years = [*years]
    for role, form_id in REPORTERS:
        form = FORMS[form_id]
        for year in of_years:
            rng = stream(seed, "counts", role, form.id, year)
            yield from reports_of_year(role, form, year, rng)


def reports_of_year(role: SandboxRole, form: CountForm, year: int, rng: Random) -> Iterator[SandboxReport]:
    """The reports of an organisation in a form and a year."""
    periods = [*periods_of(form, year)]
    comings = {period: COMINGS.get((role, form.id, period.id)) for period in periods}
    # What happened in a year is divided over the periods of which something is said.
    open_periods = [period for period in periods if comings[period] not in DRAWN_APART]
    lines = lines_of_year(role, form, year, open_periods, rng)
    for period in periods:
        coming = comings[period]
        if coming != Coming.MISSING:
            content = content_of(form, lines[period], is_blank=coming == Coming.BLANK)
            earlier = without_a_line(content) if coming == Coming.CORRECTED else None
            yield SandboxReport(role, form, period, content, earlier, moment_of(period, coming, rng))


def lines_of_year(
    role: SandboxRole, form: CountForm, year: int, periods: list[CountPeriod], rng: Random
) -> Mapping[CountPeriod, Mapping[str, dict[tuple[str, ...], Line]]]:
    """The lines of each period by table; every table that has a programme is there, also without a line."""
    programmes = [each for each in PROGRAMMES if (each.role, each.form) == (role, form)]
    tables = dict.fromkeys(each.name for each in programmes)
    if form is SHELTER:
        tables = {"places": None} | tables
    lines_found: dict[CountPeriod, dict[str, dict[tuple[str, ...], Line]]] = defaultdict(
        lambda: {name: {} for name in tables}
    )
    for programme in programmes:
        for period, line in draw_lines(programme, year, periods, rng):
            add_line(lines_found[period][programme.name], key_of(programme.table, line), line, programme)
    for shelter in (each for each in SHELTERS if form is SHELTER and each.role == role):
        for period in periods:
            line = shelter.line(period, rng)
            lines_found[period]["places"][key_of(form.by_name["places"], line)] = line
    return lines_found


def draw_lines(
    programme: SandboxProgramme, year: int, periods: list[CountPeriod], rng: Random
) -> Iterator[tuple[CountPeriod, Line]]:
    """The lines of a programme in a year. What each measure counts beside the lead is drawn, one by one."""
    count = programme.totals.get(year, 0)
    if not count or not periods:
        return
    codes, weights = programme.cells
    pairs = zip(rng.choices(periods, k=count), rng.choices(codes, weights, k=count), strict=True)
    for (period, cell), number in Counter(pairs).items():
        line: Line = dict(zip(programme.names, cell, strict=True))
        for measure in programme.table.measure_names:
            share = programme.parts.get(measure, 0)
            line[measure] = (
                number
                if measure == programme.divided_measure
                else sum(rng.random() < share for _ in range(number if share else 0))
            )
        yield period, line


def add_line(lines: dict[tuple[str, ...], Line], key: tuple[str, ...], line: Line, programme: SandboxProgramme) -> None:
    """Add a line to what is said of the same codes already."""
    before = lines.get(key, {})
    lines[key] = line | {name: line[name] + before.get(name, 0) for name in programme.table.measure_names}


def content_of(form: CountForm, tables: Mapping[str, Cells], *, is_blank: bool) -> Content:
    """The canonical content of some lines."""
    content = {name: canonical(form.by_name[name], [*cells.values()]) for name, cells in tables.items()}
    for line in (line for lines in content.values() for line in lines if is_blank):
        line.update(dict.fromkeys(BLANKS & line.keys()))
    return content


def without_a_line(content: Content) -> Content:
    """What was said before somebody found that a line was forgotten."""
    return {name: lines[1:] for name, lines in content.items()}


def moment_of(period: CountPeriod, coming: Coming | None, rng: Random) -> datetime:
    """When a report was first recorded."""
    days = 1 if period.kind == CountPeriodKind.WEEK else rng.randint(*(TOO_LATE if coming == Coming.LATE else IN_TIME))
    at = datetime.combine(period.last + timedelta(days=days), time(8), UTC)
    return at + timedelta(minutes=rng.randrange(420))


def lines_to_copy(report: SandboxReport, desk: Desk, rng: Random) -> Iterator[str]:
    """The versions of a report as COPY reads them."""
    moments = [report.recorded_at + LATER * number for number in range(len(report.versions))]
    for number, content in enumerate(report.versions):
        until = moments[number + 1].isoformat() if number + 1 < len(moments) else NULL
        yield (
            f"{uuid4(rng)}\t{desk.signature}\t{report.form.id}\t{report.form_version}\t{report.period.first}\t{number + 1}\t"
            f"{json.dumps(content, separators=(',', ':'))}\t{moments[number].isoformat()}\t{until}\n"
        )
