"""What the addresses of the quality pages name, and what each page asks first: the right, the method and the year.

A cell of the quality page leads to a period with its deliveries, or to a field month by month.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import wraps
from typing import Any, Concatenate
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils import timezone

from cases.codelists.types import NOT_APPLICABLE, NOT_ASKED, UNKNOWN
from cases.fields import CodeSetField
from cases.intake.models import Batch
from cases.intake.own import without_restricted
from cases.months import FIRST_MONTH, midnight, today
from core.text import Text
from oversight.quality.matrix import matrix, words_of
from oversight.quality.shares import FIELDS, Share
from oversight.reporting.models import MonthCompletion
from oversight.reporting.states import PeriodReport
from partners.kinds import Mode
from partners.models import Partner
from stats.own.summary import current_referrals


@dataclass(frozen=True, slots=True)
class PeriodDetail:
    """A period of a partner. `referrals`: None for who sees no exact counts.

    `deliveries`: those that arrived from its first day until its deadline or, where it was answered late, until then, each with its
    rejected rows. Their number is None too for who sees no exact counts, who is not told either which of them were refused: less
    the other deliveries, that of a sum would tell it.
    """

    partner: Partner
    report: PeriodReport
    words: Text
    referrals: int | None
    completions: Sequence[MonthCompletion]
    deliveries: Sequence[tuple[Batch, int | None]]


def get_partner(key: UUID) -> Partner:
    """A live partner. Raises `Http404`."""
    partner = Partner.objects.filter(pk=key, mode=str(Mode.LIVE)).first()
    if partner is None:
        raise Http404
    return partner


def get_report(partner: Partner, period: str) -> PeriodReport:
    """The report of a period by its id. Raises `Http404`."""
    year = period[:4]
    if not (year.isascii() and year.isdecimal() and len(year) == 4 and int(year)):
        raise Http404
    (years,) = matrix(int(year), timezone.now(), [partner])
    for report in years.reports:
        if report.period.id == period:
            return report
    raise Http404


def period_of(partner: Partner, period: str, *, exactly: bool) -> PeriodDetail:
    """A period in detail. `exactly`: the reader may see exact counts. Raises `Http404`."""
    report = get_report(partner, period)
    months = report.period.months
    until = max(report.period.due_at, report.answered_at or report.period.due_at)
    batches = Batch.objects.filter(partner=partner, created_at__gte=midnight(months[0]), created_at__lte=until)
    return PeriodDetail(
        partner,
        report,
        words_of(report),
        report.referrals if exactly else None,
        list(MonthCompletion.objects.filter(partner=partner, month__in=months).order_by("month")),
        [(each, each.rejected if exactly else None) for each in batches.order_by("created_at", "id")],
    )


def field_months(partner: Partner, name: str, year: int) -> list[tuple[date, Share]]:
    """The share not known of a field in each month of a year that has a referral. One statement."""
    field = next(each for each in FIELDS if each.name == name)
    rows = without_restricted(current_referrals(partner.pk)).filter(
        referred_in__range=(date(year, 1, 1), date(year, 12, 1))
    )
    if isinstance(field, CodeSetField):
        unknown, left_out = Q(**{f"{name}__contains": [UNKNOWN]}), Q(**{f"{name}__contains": [NOT_ASKED]})
    else:
        unknown, left_out = Q(**{name: UNKNOWN}), Q(**{f"{name}__in": (NOT_ASKED, NOT_APPLICABLE)})
    counts = rows.order_by("referred_in").values("referred_in")
    counts = counts.annotate(unknown=Count("pk", filter=unknown), base=Count("pk", filter=~left_out))
    return [(each["referred_in"], Share(each["unknown"], each["base"])) for each in counts]


READS = ("GET", "HEAD")
PageView = Callable[Concatenate[Any, HttpRequest, ...], HttpResponse]


def require_right(request: HttpRequest, right: str) -> None:
    """Raise `PermissionDenied` where the user has not the right."""
    if not request.user.has_perm(right):
        raise PermissionDenied


def only_read(right: str) -> Callable[[PageView], PageView]:
    """Guard a page of a screen by a right. It answers 405 to who has the right and sends a form."""

    def guard(page: PageView) -> PageView:
        @wraps(page)
        def guard_page(screen: Any, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            require_right(request, right)
            return page(screen, request, *args, **kwargs) if request.method in READS else HttpResponseNotAllowed(READS)

        return guard_page

    return guard


def year_asked(request: HttpRequest, last: int | None = None) -> int:
    """The year in the address; the present one where it names none. Raises `Http404` for one after `last` (None: the present)."""
    return year_of(request.GET.get("year", str(today().year)), last)


def year_of(text: str, last: int | None = None) -> int:
    """A year from the first that there is to the last one (None: the present). Raises `Http404`."""
    if not (text.isascii() and text.isdecimal() and len(text) == 4):
        raise Http404
    if not FIRST_MONTH.year <= int(text) <= (last or today().year):
        raise Http404
    return int(text)
