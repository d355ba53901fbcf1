"""What the screens of crises and notices share, and the screen of crises: declared, what they ask for, and ended."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from core.text import Text, number_in, say
from notices import periods, writing
from notices.errors import NoticeRefused
from notices.models import Crisis
from notices.staff import pages
from notices.staff.forms import CrisisEndForm, CrisisForm
from notices.staff.words import ACTS, DECLARE_WARNING, DONE, EMPTY_CRISES, END_WARNING, HELPS, LASTS
from notices.texts import with_title
from partners.staff.links import column, page_at
from partners.staff.naming import day_of, moment_by
from partners.staff.screens import SignedScreen, actor


def user_of(request: HttpRequest) -> Any:
    """Who acts. Raises `PermissionDenied` for nobody."""
    actor(request)
    return request.user


def week_lines(crisis: Crisis) -> Iterator[tuple[Text, Text, Text]]:
    """Of each form and week how many have reported, in words."""
    for form, week, number, of in periods.weeks_reported(crisis):
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
        last = periods.last_day(crisis)
        return str(LASTS) if last is None else day_of(last)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """A crisis: what it asks for, and who has reported."""
        crisis = self.find_row(request, Crisis.objects.select_related("end", "user"), object_id)
        last = periods.last_day(crisis)
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
        if periods.last_day(crisis) is not None:
            return HttpResponseRedirect(back)
        if form.is_valid():
            day = form.cleaned_data["ended_on"]
            end = partial(writing.end_crisis, by=user_of(request), crisis=crisis, ended_on=day)
            return self.carry_out(request, end, DONE["end"], back)
        page = {"title": ACTS["end"], "warning": END_WARNING, "form": form, "submit": ACTS["end"], "back": back}
        return self.pose(request, page)
