"""The page of reads: who has read the partner's records through the API, by day and one by one."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import Count, QuerySet, Sum
from django.db.models.functions import TruncDate
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from core.text import MOST_DIGITS_OF_LONG, number_in
from partners.models import RecordRead
from partners.people.models import Membership
from partners.people.pages.manager import clients, needs
from partners.roles import Right

DAYS, PAGE = 31, 100


@require_safe
@needs(Right.READ)
def reads(request: HttpRequest, member: Membership) -> HttpResponse:
    """The reads of the partner's clients. `before`: the number of the last one on the page before."""
    rows = of_partner(member)
    before = request.GET.get("before", "")
    page = list(earlier(rows, before).order_by("-id").select_related("client__partner", "user")[: PAGE + 1])
    context = {
        "member": member,
        "days": [] if before else by_day(rows),
        "rows": page[:PAGE],
        "before": page[PAGE - 1].pk if len(page) > PAGE else None,
    }
    return render(request, "people/reads.html", context)


def of_partner(member: Membership) -> QuerySet[RecordRead]:
    """The reads of the person's own partner."""
    return RecordRead.objects.filter(client__in=clients(member).values("pk"))


def earlier(rows: QuerySet[RecordRead], before: str) -> QuerySet[RecordRead]:
    """The reads before one; all of them where `before` is not a number."""
    number = number_in(before, MOST_DIGITS_OF_LONG)
    return rows if number is None else rows.filter(pk__lt=number)


def by_day(rows: QuerySet[RecordRead]) -> list[Any]:
    """How often and how much each client has read on each of the last days, by operation."""
    recent = rows.filter(at__gt=timezone.now() - timedelta(days=DAYS)).order_by()
    days = recent.annotate(day=TruncDate("at")).values(
        "day", "client__client_id", "client__name", "client__is_desk", "client__partner__mode", "operation"
    )
    counts = days.annotate(times=Count("id"), records=Sum("rows"))
    return list(counts.order_by("-day", "client__client_id", "operation"))
