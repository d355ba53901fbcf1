"""Looks of staff at a partner's desk: read-only, each with a reason and an audit row, and seen by the partner's people.

The pages render the same parts as the partner's own, which have no form. Only the question for the reason takes a form, and it
writes nothing of the partner's.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.contrib.auth.models import AnonymousUser, User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count, Max
from django.db.models.functions import TruncDate
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from cases.choices import NOT_CHOSEN
from core.text import Text, say
from oversight.quality.feedback import feedback
from oversight.quality.matrix import matrix
from oversight.quality.models import DeskLook
from oversight.quality.pages import get_partner, year_asked
from oversight.quality.words import CALENDAR, FEEDBACK, LOOK_PAGES, LOOK_REASONS, YEAR
from partners import audit
from partners.audit import Actor
from partners.choices import choices_of
from partners.models import Partner
from partners.staff.links import page_at
from partners.staff.questions import is_answered
from partners.staff.screens import Screen

MAY_LOOK = "quality.look_at_desk"
# What a page of the desk tells, as a right that the role must have anyway: nobody sees by looking what no page of staff shows.
NEEDS: dict[str, str] = {
    CALENDAR: "quality.view_quality",
    FEEDBACK: "quality.view_shares",
    YEAR: "quality.view_shares",
}


def may_look(user: User | AnonymousUser, page: str) -> bool:
    """Whether a member of staff may see a page of partners' desks."""
    return bool(user.has_perm(MAY_LOOK) and user.has_perm(NEEDS[page]))


def pages_for(user: User | AnonymousUser) -> list[str]:
    """The pages that a member of staff may see."""
    return [page for page in LOOK_PAGES if may_look(user, page)]


def note_look(*, user: User, partner: Partner, page: str, reason_code: str) -> None:
    """Note that a page was seen, in the table that the partner is shown and in the audit."""
    with transaction.atomic():
        DeskLook.objects.create(user=user, partner=partner, page=page, reason_code=reason_code)
        audit.record(by=Actor.of(user), action="desk.look", subject=str(partner.pk), page=page, reason=reason_code)


@dataclass(frozen=True, slots=True)
class LookDay:
    """The looks at one page for one reason on one day, as the partner is told of them: it is not told who."""

    page: Text
    reason: Text
    times: int
    last_at: datetime


def looks_at(partner: Partner) -> list[LookDay]:
    """The looks at a partner's desk by day, the latest first."""
    days = DeskLook.objects.filter(partner=partner).order_by().annotate(day=TruncDate("looked_at"))
    counts = days.values("day", "page", "reason_code").annotate(times=Count("pk"), last_at=Max("looked_at"))
    return [
        LookDay(LOOK_PAGES[each["page"]], LOOK_REASONS[each["reason_code"]], each["times"], each["last_at"])
        for each in counts.order_by("-last_at")
    ]


TEMPLATES = {
    CALENDAR: "quality/calendar.html",
    FEEDBACK: "quality/feedback.html",
    YEAR: "quality/year.html",
}


def part_of(page: str, partner: Partner, year: int, now: datetime | None = None) -> dict[str, Any]:
    """The template of a page's part, and what it shows of a partner and year."""
    moment = now or timezone.now()
    (calendar,) = matrix(year, moment, [partner])
    shown = {"part": TEMPLATES[page], "calendar": calendar}
    return shown if page == CALENDAR else {**shown, "feedback": feedback(partner, year, moment)}


# For how long a reason holds, in seconds; then it is asked for again.
HOLDS = 1800
SESSION_KEY = "desk_look"
WARNING = Text(
    "Du ser partnerens sider, som partneren selv ser dem. Hver side, du åbner, noteres, og partneren ser hvornår og hvorfor.",
    "You see the partner's pages as the partner does. Each page that you open is noted, and the partner can see when and why.",
)


class ReasonOfLookForm(forms.Form):
    """Why somebody looks at a partner's desk."""

    reason = forms.ChoiceField(label=say("Begrundelse", "Reason"), choices=[NOT_CHOSEN, *choices_of(LOOK_REASONS)])


class LookPages(Screen):
    """Mixed into a screen: the pages of partners' desks, each of which asks for a reason first."""

    @page_at("at/<uuid:partner>/<slug:page>/")
    def look(self, request: HttpRequest, partner: UUID, page: str) -> HttpResponse:
        """A page of the desk; the question why, where no reason holds. The look is noted before anything is shown.

        The only thing that a form can send here is the reason.
        """
        name, user = page.upper(), request.user
        if name not in LOOK_PAGES or name.lower() != page:
            raise Http404
        if not isinstance(user, User) or not may_look(user, name):
            raise PermissionDenied
        who, year = get_partner(partner), year_asked(request)
        if request.method == "POST" or (reason := reason_given(request, who)) is None:
            return self.ask_reason(request, who, LOOK_PAGES[name])
        note_look(user=user, partner=who, page=name, reason_code=reason)
        context = {
            "title": f"{who}: {LOOK_PAGES[name]}",
            "partner": who,
            "year": year,
            "reason": LOOK_REASONS[reason],
            "pages": [(each.lower(), LOOK_PAGES[each]) for each in pages_for(user)],
            "page": page,
            **part_of(name, who, year),
        }
        return self.frame(request, "admin/quality/look.html", context)

    def ask_reason(self, request: HttpRequest, partner: Partner, page: Text) -> HttpResponse:
        """Ask why somebody looks, and keep the answer in the session for half an hour; then lead to the page again."""
        form = ReasonOfLookForm(request.POST or None)
        if is_answered(request) and form.is_valid():
            until = timezone.now().timestamp() + HOLDS
            request.session[SESSION_KEY] = [str(partner.pk), form.cleaned_data["reason"], until]
            return HttpResponseRedirect(request.get_full_path())
        context = {
            "title": say(f"Se {partner} som partneren: {page.da}", f"See {partner} as the partner does: {page.en}"),
            "warning": WARNING,
            "form": form,
            "submit": say("Vis siden", "Show the page"),
            "back": reverse("admin:quality_ruletally_changelist"),
        }
        return self.pose(request, context)


def reason_given(request: HttpRequest, partner: Partner) -> str | None:
    """The reason that the user has given for looking at this partner's desk, while it holds."""
    key, reason, until = request.session.get(SESSION_KEY, ["", "", 0])
    return reason if key == str(partner.pk) and timezone.now().timestamp() < until and reason in LOOK_REASONS else None
