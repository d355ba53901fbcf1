"""The staff's quality page with the lists that its cells lead to, and the lists of what was read and of looks at desks."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from cases.intake.rulebook import RULES
from cases.months import today
from core.text import Text, say
from oversight.quality import export
from oversight.quality.counts import CountYearPage
from oversight.quality.deadlines import SEES_QUALITY, SEES_WINDOWS, DeadlinePage
from oversight.quality.looks import LookPages, pages_for
from oversight.quality.models import DeskLook, FeedbackRead, RuleTally
from oversight.quality.overview import Overview, lengths, overview
from oversight.quality.pages import (
    field_months,
    get_partner,
    get_report,
    only_read,
    period_of,
    require_right,
    year_asked,
)
from oversight.quality.shares import LABELS
from oversight.quality.tallies import deliveries_with
from oversight.quality.words import LOOK_PAGES, LOOKS_LEAD
from oversight.reminders.people import MAY_REMIND, ReminderRefused, remind
from partners import audit
from partners.mail import sending
from partners.staff.links import page_at
from partners.staff.lists import BY_PARTNER
from partners.staff.screens import ReadOnly, actor

SEES, SEES_RECORDS, REMINDS = SEES_QUALITY, "quality.view_shares", MAY_REMIND


@admin.register(RuleTally)
class QualityAdmin(LookPages, DeadlinePage, CountYearPage, ReadOnly):
    """The quality page in the place of a list of counts."""

    fields = ("partner", "month", "rule", "field", "tried")

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whether the user may see the quality page."""
        return bool(request.user.has_perm(SEES))

    def get_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """What a count shows: its number to those alone who see exact counts."""
        return (*self.fields, "rows") if request.user.has_perm(SEES_RECORDS) else self.fields

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The quality page: there is no other list of counts."""
        return self.year(request)

    @only_read(SEES)
    def year(self, request: HttpRequest) -> HttpResponse:
        """The page of a year: the matrix, refused rows by rule, shares not known, and months to the decision."""
        year, this_year = year_asked(request), today().year
        context = {
            "title": say(f"Kvalitet {year}", f"Quality {year}"),
            "page": page_of(request, year),
            "years": range(this_year, this_year - 5, -1),
            "months": [date(year, month, 1) for month in range(1, 13)],
            "reminds": request.user.has_perm(REMINDS) and sending.is_on(),
            "sees_partners": request.user.has_perm("partners.view_partner"),
            "looks": [(each.lower(), LOOK_PAGES[each]) for each in pages_for(request.user)],
        }
        return self.frame(request, "admin/quality/overview.html", context)

    @page_at("csv/")
    @only_read(SEES)
    def csv(self, request: HttpRequest) -> HttpResponse:
        """The page as a file, with what its reader sees there and no more."""
        year = year_asked(request)
        page = page_of(request, year)
        return export.as_csv(export.overview_lines(page), f"quality-{year}")

    @page_at("<uuid:partner>/period/<slug:period>/")
    def period(self, request: HttpRequest, partner: UUID, period: str) -> HttpResponse:
        """What came of a period: its state, its completions, and the deliveries of its months. A form reminds of it."""
        require_right(request, SEES)
        if request.method == "POST":
            return self.remind(request, partner, period)
        who = get_partner(partner)
        detail = period_of(who, period, exactly=request.user.has_perm(SEES_RECORDS))
        context = {
            "title": f"{who}, {detail.report.period.label}",
            "detail": detail,
            "reminds": request.user.has_perm(REMINDS) and sending.is_on(),
        }
        return self.frame(request, "admin/quality/period.html", context)

    def remind(self, request: HttpRequest, partner: UUID, period: str) -> HttpResponse:
        """Remind a partner of a missing period: one click and no question. The next page says what was done."""
        require_right(request, REMINDS)
        who = get_partner(partner)
        label = get_report(who, period).period.label
        try:
            number = remind(by=actor(request), partner=who, period=period)
        except ReminderRefused as refusal:
            messages.error(request, str(refusal))
        else:
            text = Text(
                f"{who} er mindet om {label.da}: {number} {'person får' if number == 1 else 'personer får'} en mail.",
                f"{who} was reminded of {label.en}: {number} {'person gets' if number == 1 else 'people get'} a mail.",
            )
            messages.success(request, str(text))
        return HttpResponseRedirect(f"{reverse('admin:quality_ruletally_changelist')}?year={period[:4]}")

    @page_at("<uuid:partner>/rule/<slug:rule>/")
    @only_read(SEES)
    def rule(self, request: HttpRequest, partner: UUID, rule: str) -> HttpResponse:
        """A rule that rows of a partner met, with its deliveries for who sees exact counts: a list beside a sum tells numbers."""
        who, year, exactly = get_partner(partner), year_asked(request), request.user.has_perm(SEES_RECORDS)
        if rule not in RULES:
            raise Http404
        context = {
            "title": f"{who}: {RULES[rule].title}, {year}",
            "rule": RULES[rule],
            "exactly": exactly,
            "deliveries": [*deliveries_with(rule, year, who.pk)] if exactly else [],
        }
        return self.frame(request, "admin/quality/rule.html", context)

    @page_at("<uuid:partner>/field/<slug:field>/")
    @only_read(SEES_RECORDS)
    def field(self, request: HttpRequest, partner: UUID, field: str) -> HttpResponse:
        """The share not known of a field, month by month. An exact count about records: the look leaves an audit row."""
        who, year = get_partner(partner), year_asked(request)
        if field not in LABELS:
            raise Http404
        audit.record(by=actor(request), action="quality.field", subject=str(who.pk), field=field, year=year)
        context = {
            "title": f"{who}: {LABELS[field]}, {year}",
            "months": field_months(who, field, year),
        }
        return self.frame(request, "admin/quality/field.html", context)

    @page_at("waits/")
    @only_read(SEES_RECORDS)
    def waits(self, request: HttpRequest) -> HttpResponse:
        """How many persons waited how many months for the decisions of a year, by authority."""
        year = year_asked(request)
        audit.record(by=actor(request), action="quality.waits", subject=str(year))
        title = say(f"Måneder til afgørelse, {year}", f"Months to the decision, {year}")
        return self.frame(request, "admin/quality/waits.html", {"title": title, "lengths": lengths(year)})


def page_of(request: HttpRequest, year: int) -> Overview:
    """What stands on the quality page of a year for its reader."""
    may = request.user.has_perm
    return overview(year, timezone.now(), exactly=may(SEES_RECORDS), sees_deadlines=may(SEES_WINDOWS))


@admin.register(FeedbackRead)
class FeedbackReadAdmin(ReadOnly):
    """The list of who has opened which feedback."""

    fields = list_display = ("partner", "year", "user", "read_at")
    list_filter = ("year", BY_PARTNER)
    list_select_related = ("partner", "user")


@admin.register(DeskLook)
class DeskLookAdmin(ReadOnly):
    """The list of looks at desks."""

    empty_words = Text("Ingen har set en partners sider på den måde.", "Nobody has seen a partner's pages in that way.")
    fields = list_display = ("looked_at", "partner", "page", "reason_code", "user")
    list_filter = (BY_PARTNER, "page", "reason_code")
    date_hierarchy = "looked_at"
    list_select_related = ("partner", "user")

    def list_lead(self, request: HttpRequest) -> Text:
        return LOOKS_LEAD
