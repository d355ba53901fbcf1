"""Who has reported which form of counts: each form with the partners of whom it is expected and the periods of a year.

It tells that a form came, when, whether it said that there was nothing or that something is not known, and whether it is unlike
those before it. It shows no number.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from itertools import groupby
from operator import or_
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from cases.months import today
from cases.services.expectations import CountExpectation, expectations_of
from cases.services.forms import FORMS
from cases.services.jumps import REPEATED, CountWarning, warnings_of_reports
from cases.services.models import CountReport
from cases.services.periods import CountPeriod, CountPeriodState
from cases.services.shapes import CountForm
from core.text import NO_TEXT, Text, in_one, say
from oversight.quality.deadlines import SEES_QUALITY, YEARS_BACK
from oversight.quality.pages import READS, get_partner, only_read, require_right, year_asked
from oversight.reminders.people import MAY_REMIND, ReminderRefused, remind
from partners.kinds import Mode
from partners.mail import sending
from partners.models import Partner
from partners.staff.links import page_at
from partners.staff.screens import Screen, actor

WORDS: Mapping[CountPeriodState, Text] = {
    CountPeriodState.NOT_DUE: Text("afventer, frist ikke nået", "awaited, not yet due"),
    CountPeriodState.RECEIVED: Text("modtaget", "received"),
    CountPeriodState.LATE: Text("modtaget for sent", "received late"),
    CountPeriodState.MISSING: Text("mangler", "missing"),
}
NIL = Text("(intet at indberette)", "(nothing to report)")
PARTLY = Text("(delvis ikke oplyst)", "(partly not known)")
FAR = Text("(langt fra perioderne før)", "(far from the periods before)")
AS_BEFORE = Text("(præcis som perioden før)", "(exactly as the period before)")
# So many reports are fetched at once.
CHUNK = 10
NOT_EXPECTED = Text("modtaget derudover", "received, not expected")
ReportWords = Mapping[tuple[UUID, str, date], Text]


@dataclass(frozen=True, slots=True)
class CountYearCell:
    """A period of a partner's form: how it stands in words, and whether it is missing."""

    period: CountPeriod
    words: Text = NO_TEXT
    is_missing: bool = False


@dataclass(frozen=True, slots=True)
class CountYearForm:
    """A form with the periods of a year, in order, and the partners of whom it is expected or who have reported it, by name."""

    form: CountForm
    periods: Sequence[CountPeriod]
    rows: Sequence[tuple[Partner, Sequence[CountYearCell]]]

    @property
    def number_missing(self) -> int:
        """How many periods are missing, of all partners."""
        return sum(cell.is_missing for _, cells in self.rows for cell in cells)


def forms_of_year(year: int, now: datetime) -> list[CountYearForm]:
    """The forms of which anything is expected or reported in a year, as they stand at a moment. Closed partners too."""
    partners = [*Partner.objects.filter(mode=str(Mode.LIVE)).order_by("name")]
    expectations: dict[str, dict[UUID, dict[CountPeriod, CountExpectation]]] = defaultdict(lambda: defaultdict(dict))
    for key, those in expectations_of(partners, now).items():
        for each in those:
            if each.period.year == year:
                expectations[each.form.id][key][each.period] = each
    report_words = what_was_said({each.pk for each in partners}, year)
    forms = (form_of_year(form, year, partners, expectations[form.id], report_words) for form in FORMS.values())
    return [form for form in forms if form.rows]


def form_of_year(
    form: CountForm,
    year: int,
    partners: Sequence[Partner],
    expectations: Mapping[UUID, Mapping[CountPeriod, CountExpectation]],
    report_words: ReportWords,
) -> CountYearForm:
    """A form with a cell for each of its periods: the partners of whom it is expected, and those who reported unasked."""
    reports: dict[UUID, set[CountPeriod]] = defaultdict(set)
    for key, name, first in report_words:
        if name == form.id:
            reports[key].add(CountPeriod(first, form.period))
    those = [each for each in partners if expectations.get(each.pk) or reports[each.pk]]
    periods = sorted({period for each in those for period in (*expectations.get(each.pk, ()), *reports[each.pk])})

    def cells(partner: UUID) -> list[CountYearCell]:
        of_partner = expectations.get(partner, {})
        return [cell_of(partner, form, period, of_partner.get(period), report_words) for period in periods]

    rows = [(each, cells(each.pk)) for each in those]
    return CountYearForm(form, periods, rows)


def cell_of(
    partner: UUID, form: CountForm, period: CountPeriod, expectation: CountExpectation | None, report_words: ReportWords
) -> CountYearCell:
    """How a period of a partner stands."""
    words = report_words.get((partner, form.id, period.first))
    if expectation is None:
        return CountYearCell(period, NO_TEXT if words is None else state_with_report(NOT_EXPECTED, words))
    state = state_with_report(WORDS[expectation.state], words or NO_TEXT)
    return CountYearCell(period, state, expectation.state == CountPeriodState.MISSING)


def state_with_report(state: Text, words: Text) -> Text:
    """A state with what is said of the report, where something is."""
    return state if words == NO_TEXT else in_one(state, words)


def what_was_said(partners: Collection[UUID], year: int) -> dict[tuple[UUID, str, date], Text]:
    """Of each report of a year that holds, what it says in words: see `said_of`. One statement.

    The reports of one partner and form are in memory at a time: a form may have thousands of lines each month.
    """
    needed_rows = reduce(or_, (Q(form=form.id, period__gte=first_needed(form, year)) for form in FORMS.values()))
    rows = CountReport.objects.filter(
        needed_rows, partner__in=partners, superseded_at=None, period__lte=date(year, 12, 31)
    )
    ordered_rows = rows.order_by("partner_id", "form", "period").iterator(chunk_size=CHUNK)
    return {
        (*key, row.period): said_of(row, warnings)
        for key, reports in groupby(ordered_rows, key=lambda row: (row.partner_id, row.form))
        for row, warnings in warnings_of_reports(reports)
        if row.of_period.year == year
    }


def first_needed(form: CountForm, year: int) -> date:
    """The first day of the periods with which those of a year are compared. A week of a year may begin in the one before."""
    return CountPeriod.holding(form.period, date(year, 1, 1)).back(form.limits.looks_back).first


def said_of(report: CountReport, warnings: Collection[CountWarning]) -> Text:
    """What a report says: that there was nothing, that a table is not known, and whether it is unlike those before it."""
    codes = {each.code for each in warnings}
    knows_all = report.content.keys() == report.of_form.by_name.keys()
    words = [
        (PARTLY, not knows_all),
        (NIL, knows_all and not any(report.content.values())),
        (AS_BEFORE, REPEATED in codes),
        (FAR, bool(codes - {REPEATED})),
    ]
    return in_one(*(each for each, holds in words if holds))


class CountYearPage(Screen):
    """Mixed into a screen: the page of who has reported which form in a year, and the reminder of one that is missing."""

    @page_at("counts/")
    @only_read(SEES_QUALITY)
    def counts(self, request: HttpRequest) -> TemplateResponse:
        year, this_year = year_asked(request), today().year
        may = request.user.has_perm
        context: dict[str, Any] = {
            "title": say(f"Skemaer med tal {year}", f"Forms of counts {year}"),
            "year": year,
            "years": range(this_year, this_year - YEARS_BACK - 1, -1),
            "forms": forms_of_year(year, timezone.now()),
            "reminds": may(MAY_REMIND) and sending.is_on(),
            "sees_partners": may("partners.view_partner"),
            "assigns": may("services.add_countassignment"),
        }
        return self.frame(request, "admin/quality/counts.html", context)

    @page_at("counts/<uuid:partner>/<str:form>/<str:period>/", "count")
    def remind_of_counts(self, request: HttpRequest, partner: UUID, form: str, period: str) -> HttpResponse:
        """Remind a partner of a form that is missing: one click, as of a report of referrals. Who reads it reads the page."""
        if request.method in READS:
            return self.counts(request)
        require_right(request, MAY_REMIND)
        shape = FORMS.get(form)
        target = CountPeriod.parse(shape.period, period) if shape else None
        if shape is None or target is None or request.method != "POST":
            raise Http404
        who = get_partner(partner)
        try:
            number = remind(by=actor(request), partner=who, period=period, form=form)
        except ReminderRefused as refusal:
            messages.error(request, str(refusal))
        else:
            text = Text(
                f"{who} er mindet om {shape.label.da}, {target.words('da')}. Mails: {number}.",
                f"{who} was reminded of {shape.label.en}, {target.words('en')}. Mails: {number}.",
            )
            messages.success(request, str(text))
        return HttpResponseRedirect(f"{reverse('admin:quality_ruletally_counts')}?year={target.year}")
