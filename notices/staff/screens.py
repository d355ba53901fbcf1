"""The screens beside those of notices: crises, declared, what they ask for, and ended; and services.

Of services partners have said whether they are open. An address that is false or secret is taken down here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import partial
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html

from core.text import Text, lazily, number_in, say
from notices import crises, status, texts
from notices.errors import NoticeRefused
from notices.models import Crisis, ServiceStatus
from notices.staff import pages
from notices.staff.forms import CrisisEndForm, CrisisForm
from notices.texts import with_title
from notices.words import (
    ACTS,
    DECLARE_WARNING,
    DONE,
    EMPTY_CRISES,
    EMPTY_SERVICES,
    END_WARNING,
    FIELDS,
    HELPS,
    IN_FORCE,
    LASTS,
    NO_UNTIL,
    TAKE_DOWN,
    TAKE_DOWN_WARNING,
    TAKEN_DOWN,
    UNTIL,
)
from partners.staff.links import column, page_at
from partners.staff.lists import BY_PARTNER
from partners.staff.naming import NOTHING, day_of, moment_by, moment_of
from partners.staff.screens import ReadOnly, SignedScreen, actor


def user_of(request: HttpRequest) -> Any:
    """Who acts. Raises `PermissionDenied` for nobody."""
    actor(request)
    return request.user


def week_lines(crisis: Crisis) -> Iterator[tuple[Text, Text, Text]]:
    """Of each form and week how many have reported, in words."""
    for form, week, number, of in crises.weeks_reported(crisis):
        words = Text(*(week.words(language) for language in Text._fields))
        yield form.label, words, Text(f"{number} af {of}", f"{number} of {of}")


class NoticeScreen(SignedScreen):
    """What the two screens share: pages of their own, and acts that the database may refuse."""

    refusal_class = NoticeRefused

    def require(self, request: HttpRequest, right: str) -> None:
        """Raise `PermissionDenied` without a right."""
        if not request.user.has_perm(right):
            raise PermissionDenied

    def find_row(self, request: HttpRequest, rows: QuerySet[Any], key: object) -> Any:
        """A row. Raises `PermissionDenied` and `Http404`."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        row = rows.filter(pk=number_in(str(key)) or 0).first()
        if row is None:
            raise Http404
        return row


class CrisisScreen(NoticeScreen):
    """Crises: declared, what they ask for, and ended."""

    form = CrisisForm
    list_display = ("title", "started_on", "ended_on", "code", "user")
    list_select_related = ("user", "end")
    act, warning, helps, empty_words = ACTS["declare"], DECLARE_WARNING, HELPS, EMPTY_CRISES

    title = column(say("titel", "title"), str)

    @admin.display(description=say("sidste dag", "last day"))
    def ended_on(self, crisis: Crisis) -> str:
        """Its last day, or that it lasts."""
        last = crises.last_day(crisis)
        return str(LASTS) if last is None else day_of(last)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """A crisis: what it asks for, and who has reported."""
        crisis = self.find_row(request, Crisis.objects.select_related("end", "user"), object_id)
        last = crises.last_day(crisis)
        may_end = last is None and request.user.has_perm("notices.add_crisis")
        page = {
            "title": crisis,
            "facts": [
                (say("Fra", "From"), day_of(crisis.started_on)),
                (say("Til og med", "Until"), self.ended_on(crisis)),
                (say("Meldt", "Declared"), moment_by(crisis.declared_at, crisis.user)),
            ],
            "acts": [(ACTS["end"], reverse("admin:notices_crisis_end", args=[crisis.pk]))] if may_end else [],
            "weeks": [*week_lines(crisis)],
            "notices": [(each.pk, pages.name_of(each)) for each in with_title(crisis.notice_set.all())],
        }
        return self.frame(request, "admin/notices/crisis.html", page)

    @page_at("<int:key>/end/")
    def end(self, request: HttpRequest, key: int) -> HttpResponse:
        """Ask for the last day, and end the crisis."""
        self.require(request, "notices.add_crisis")
        crisis = self.find_row(request, Crisis.objects.select_related("end"), key)
        back = reverse("admin:notices_crisis_change", args=[crisis.pk])
        form = CrisisEndForm(request.POST or None)
        if crises.last_day(crisis) is not None:
            return HttpResponseRedirect(back)
        if form.is_valid():
            day = form.cleaned_data["ended_on"]
            end = partial(texts.end_crisis, by=user_of(request), crisis=crisis, ended_on=day)
            return self.carry_out(request, end, DONE["end"], back)
        page = {"title": ACTS["end"], "warning": END_WARNING, "form": form, "submit": ACTS["end"], "back": back}
        return self.pose(request, page)


MAY_TAKE_DOWN = "notices.take_address_down"


class ServiceScreen(ReadOnly):
    """What partners have said of their services, the latest in front. The latest of a service is in force."""

    list_display = fields = ("partner", "service", "open", "address_shown", "moment")
    readonly_fields = ("service", "open", "address_shown", "moment")
    list_filter = ("place", "region", "state", BY_PARTNER)
    list_select_related = ("partner", "address_taken_by")
    ordering = ("-id",)
    empty_words = EMPTY_SERVICES
    actions = ("take_address_down",)
    warnings = {"take_address_down": TAKE_DOWN_WARNING}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """The rows with `is_latest`."""
        return status.with_latest(super().get_queryset(request))

    def acts_on(self, request: HttpRequest, row: Any) -> Collection[str]:
        """An address that is there is taken down."""
        return ("take_address_down",) if row.address else ()

    def has_take_down_permission(self, request: HttpRequest) -> bool:
        """Whether the user may take addresses down."""
        return bool(request.user.has_perm(MAY_TAKE_DOWN))

    @admin.action(description=lazily(TAKE_DOWN), permissions=["take_down"])
    def take_address_down(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """Take down the address of each chosen row, or say why not."""
        for row in queryset:
            try:
                status.take_address_down(by=actor(request), row=row)
                messages.success(request, format_html("{}. {}", row, DONE["take_down"]))
            except NoticeRefused as refusal:
                messages.error(request, format_html("{}. {}", row, refusal))

    service = column(FIELDS["place"], lambda row: f"{row.get_place_display()}, {row.get_region_display()}")

    @admin.display(description=lazily(FIELDS["state"]))
    def open(self, row: ServiceStatus) -> str:
        """Whether it is open, and until when."""
        until = str(UNTIL).format(day=day_of(row.until)) if row.until else NO_UNTIL
        return f"{row.get_state_display()}, {until}"

    moment = column(FIELDS["said_at"], lambda row: f"{moment_of(row.said_at)}, {IN_FORCE[row.is_latest]}")

    @admin.display(description=lazily(FIELDS["address"]))
    def address_shown(self, row: ServiceStatus) -> str:
        """The address, or who has taken it down. What was replaced has none any more."""
        user = row.address_taken_by
        return row.address or (str(TAKEN_DOWN).format(user=user) if user else NOTHING)
