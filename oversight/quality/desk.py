"""Pages on which staff see a partner's desk as the partner does: only to read, after a reason was given, and each look is noted.

They render the same parts as the partner's own pages, which have no form. Only the question for the reason takes a form, and it
writes nothing of the partner's.
"""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from cases.choices import NOT_CHOSEN
from core.text import Text, say
from oversight.quality.choices import LOOK_PAGES, LOOK_REASONS
from oversight.quality.drill import get_partner
from oversight.quality.looks import may_look, note_look, pages_for
from oversight.quality.parts import part_of
from oversight.quality.years import year_asked
from partners.choices import of
from partners.models import Partner
from partners.staff.links import page_at
from partners.staff.questions import is_answered
from partners.staff.screens import Screen

# For how long a reason holds, in seconds; then it is asked for again.
HOLDS = 1800
SESSION_KEY = "desk_look"
WARNING = Text(
    "Du ser partnerens sider, som partneren selv ser dem. Hver side, du åbner, noteres, og partneren ser hvornår og hvorfor.",
    "You see the partner's pages as the partner does. Each page that you open is noted, and the partner can see when and why.",
)


class ReasonOfLookForm(forms.Form):
    """Why somebody looks at a partner's desk."""

    reason = forms.ChoiceField(label=say("Begrundelse", "Reason"), choices=[NOT_CHOSEN, *of(LOOK_REASONS)])


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
