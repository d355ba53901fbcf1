"""The list of forms: those that are expected of the partner or that it has reported, with their periods, and the way to others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import NamedTuple

from django.http import HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from cases.months import today
from cases.services.expectations import CountExpectation, expectations_of, missing, of_partner
from cases.services.forms import FORMS
from cases.services.models import CountReport
from cases.services.periods import STATES, CountPeriod, CountPeriodState
from cases.services.shapes import CountForm, CountPeriodKind
from core.text import Text
from pages.desk.counts.words import CHOOSE_FORM, COUNTS, MISSING_COUNTS
from pages.desk.frame import Visit, Waiting, desk_page, go_back, show
from partners.kinds import Mode
from partners.roles import Right

# So many periods of a kind can be chosen: two years of months, half a year of weeks.
OFFERED = {CountPeriodKind.WEEK: 26, CountPeriodKind.MONTH: 24, CountPeriodKind.YEAR: 5}
# So many periods of a form stand on the page at once; earlier ones are folded together.
FIRST_ROWS = 6


class CountRow(NamedTuple):
    """A period of a form: what it is called, how it stands, its deadline where it has one, and its page."""

    period: str
    state: Text
    is_open: bool
    last_day: object
    address: str
    act: Text


class CountList(NamedTuple):
    """A form with its periods, the latest first. `file`: where a sheet of it is sent, for who may."""

    form: CountForm
    file: str
    first: list[CountRow]
    rest: list[CountRow]


@require_safe
@desk_page(Right.READ)
def counts(visit: Visit) -> HttpResponse:
    """The forms with their periods. It shows no number."""
    context = {
        "say": COUNTS,
        "lists": lists(visit),
        "offers": offers(visit),
        "open": visit.address("open_count"),
        "is_test": visit.mode == Mode.TEST,
    }
    return show(visit, "desk/counts.html", context)


def lists(visit: Visit) -> list[CountList]:
    """The forms that are expected or reported, in their order."""
    expectations: dict[str, dict[CountPeriod, CountExpectation]] = defaultdict(dict)
    for each in expectations_of([visit.partner], timezone.now())[visit.partner.pk]:
        expectations[each.form.id][each.period] = each
    reports: dict[str, set[CountPeriod]] = defaultdict(set)
    for report in CountReport.objects.of(visit.partner.pk).current().defer("content"):
        reports[report.form].add(report.of_period)
    return [
        list_of(visit, form, expectations[form.id], reports[form.id])
        for form in FORMS.values()
        if expectations[form.id] or reports[form.id]
    ]


def list_of(
    visit: Visit, form: CountForm, expectations: dict[CountPeriod, CountExpectation], reports: set[CountPeriod]
) -> CountList:
    """A form with its periods. What is missing is never folded away."""
    periods = sorted({*expectations, *reports}, reverse=True)
    rows = [row_of(visit, form, period, expectations.get(period), period in reports) for period in periods]
    first = [row for place, row in enumerate(rows) if place < FIRST_ROWS or row.is_open]
    file = visit.address("count_file", form=form.id) if visit.may(Right.SUBMIT) else ""
    return CountList(form, file, first, [row for row in rows if row not in first])


def row_of(
    visit: Visit, form: CountForm, period: CountPeriod, expectation: CountExpectation | None, is_reported: bool
) -> CountRow:
    state = expectation.state if expectation else CountPeriodState.RECEIVED
    words = COUNTS["see"] if not visit.may(Right.SUBMIT) else COUNTS["correct"] if is_reported else COUNTS["report"]
    return CountRow(
        period.words(visit.language),
        STATES[state],
        state == CountPeriodState.MISSING,
        expectation.last_day if expectation else None,
        visit.address("count", form=form.id, period=period.id),
        words,
    )


def recent_periods(form: CountForm) -> Iterator[CountPeriod]:
    """The periods of a form that the page offers, the latest first: what is older is asked for by its address or by the API."""
    period = CountPeriod.holding(form.period, today())
    for _ in range(OFFERED[form.period]):
        yield period
        period = CountPeriod.holding(form.period, period.first - timedelta(days=1))


def offers(visit: Visit) -> list[tuple[CountForm, list[tuple[str, str]]]]:
    """Every form with the periods that can be chosen: what the choice is called, and its words."""
    return [
        (form, [(f"{form.id}/{each.id}", each.words(visit.language)) for each in recent_periods(form)])
        for form in FORMS.values()
    ]


@require_safe
@desk_page(Right.READ)
def open_count(visit: Visit) -> HttpResponse:
    """Lead to the page of the form and period that were chosen."""
    name, _, text = visit.request.GET.get("sheet", "").partition("/")
    form = FORMS.get(name)
    period = CountPeriod.parse(form.period, text) if form else None
    if form is None or period is None:
        return go_back(visit, "counts", CHOOSE_FORM)
    return HttpResponseRedirect(visit.address("count", form=form.id, period=period.id))


def counts_waiting(visit: Visit) -> list[Waiting]:
    """The latest missing period of each form, for who can report it. What a crisis asks for stands with its notices."""
    if not visit.may(Right.SUBMIT):
        return []
    return [waiting_of(visit, each) for each in first_of_each(missing(of_partner(visit.partner, timezone.now())))]


def first_of_each(expectations: Iterable[CountExpectation]) -> Iterable[CountExpectation]:
    return {each.form.id: each for each in reversed([*expectations])}.values()


def waiting_of(visit: Visit, expectation: CountExpectation) -> Waiting:
    """A missing period in words."""
    form, period = expectation.form, expectation.period
    words = Text(
        *(text.format(form=form.label(at), period=period.words(at)) for at, text in MISSING_COUNTS._asdict().items())
    )
    return Waiting(words, visit.address("count", form=form.id, period=period.id))
