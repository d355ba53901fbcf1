"""The acts of approvers on a publication at a set time: planning it and taking it back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from functools import partial
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone

from cases.months import COPENHAGEN
from core.text import Text, say
from partners.staff.links import page_at
from partners.staff.naming import moment_of
from partners.staff.questions import ONWARD, is_edited
from partners.staff.screens import ReadOnly, actor
from stats.errors import ReleaseRefused
from stats.models import Release, ScheduledPublication
from stats.reading.dates import exact_time
from stats.staff import approval
from stats.staff.grounds import PublishForm, ground_facts
from stats.staff.offers import (
    ACTS,
    address,
    approvable,
    approval_facts,
    audit_details,
    may_take_back,
    return_with_refusal,
)
from stats.staff.releases import existing, has_looked
from stats.staff.words import name_of, question_of

# The hidden field by which the approver says yes to one exact moment, and not to whatever the other field has become.
EXACT = "exact"
AT_ITS_MOMENT = Text(
    "Udgivelsen sker af sig selv på tidspunktet, hvis alt stadig er i orden. Indtil da kan kun medarbejdere, der må se udkast, se "
    "tallene, og både den, der har bestilt udgivelsen, og enhver godkender kan annullere planen.",
    "The release is published by itself at that time, if everything is still in order. Until then only staff who may see drafts "
    "see the figures, and whoever ordered it and every approver can cancel the plan.",
)
WITHOUT_FIGURES = Text(
    "Udkastet bliver liggende og kan udgives senere. Er tidspunktet meldt ud i kalenderen, så meld også ændringen ud.",
    "The draft stays and can be published later. If the calendar has the time, announce the change there too.",
)
PAST = Text("Tidspunktet er passeret.", "That time has passed.")
MAKES_STALE = Text(
    "en anden udgivelse er planlagt; dens bevis bliver forældet, hvis denne udgives før",
    "another release is scheduled; its proof becomes stale if this one is published first",
)


class ScheduleForm(forms.Form):
    """The moment of publication, as the clock shows it in Copenhagen. One that the clocks skip or show twice is refused."""

    due_at = forms.DateTimeField(
        label=say("Dato og klokkeslæt, dansk tid", "Date and time, Danish time"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )

    def clean_due_at(self) -> datetime:
        """The moment. Raises `ValidationError` for one that has passed."""
        moment: datetime = self.cleaned_data["due_at"]
        if moment <= timezone.now():
            raise forms.ValidationError(str(PAST))
        return moment


class ScheduleActs(ReadOnly):
    """The screen of releases, as far as publication at a set time goes."""

    refusal_class = ReleaseRefused

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The list, under what is planned and what could not be published."""
        plan = approval.open_schedule()
        page = {
            "failures": [
                *(approval.describe_failure(each) for each in approval.recent_failures()),
                *(approval.doubts(plan) if plan else []),
            ],
            "plans": [approval.describe_plan(plan)] if plan else [],
        }
        return super().changelist_view(request, {**(extra_context or {}), **page})

    @page_at("<path:release_id>/schedule/")
    def schedule(self, request: HttpRequest, release_id: str) -> HttpResponse:
        """Ask for the moment; show it with its zone and the outcome of the audit; then plan it."""
        release = approvable(request, release_id)
        if not has_looked(actor(request), release):
            return HttpResponseRedirect(address("change", release.pk))
        if approval.obstacle_of(release, actor(request)):
            return HttpResponseRedirect(address("change", release.pk))  # that page says what is in the way
        form = schedule_form(request, release)
        if not form.is_valid():
            page = {"warning": AT_ITS_MOMENT, "facts": announced_facts(release), "submit": ONWARD}
            return self.ask(request, release, "schedule", {"title": title_of(release), "form": form, **page})
        return self.confirm(request, release, form.cleaned_data["due_at"])

    def confirm(self, request: HttpRequest, release: Release, moment: datetime) -> HttpResponse:
        """Show the exact moment, with what will speak against it then; plan it where that is confirmed."""
        is_confirmed = request.POST.get(EXACT) == moment.isoformat()
        reasons = PublishForm(request.POST if is_confirmed else None, release=release, at=moment)
        if is_confirmed and reasons.is_valid():
            act = partial(approval.schedule, due_at=moment, reason=reasons.reason)
            return self.act(request, release, act, say("Udgivelsen er planlagt.", "The release is scheduled."))
        facts = [*moment_facts(release, moment), *ground_facts(release, reasons.grounds)]
        try:
            facts += approval_facts(actor(request), release)
        except ReleaseRefused as refusal:
            return return_with_refusal(request, refusal, release)
        page = {
            "title": title_of(release),
            "warning": AT_ITS_MOMENT,
            "facts": facts,
            "folded": audit_details(release),
            "form": reasons,
            "editable": True,
        }
        fields = [("due_at", local_text(moment)), (EXACT, moment.isoformat())]
        return self.ask(request, release, "schedule", page, fields)

    @page_at("<path:release_id>/take_back/")
    def take_back(self, request: HttpRequest, release_id: str) -> HttpResponse:
        """Ask; then cancel the plan."""
        release, plan = existing(release_id), approval.open_schedule()
        if not may_take_back(request, release):
            raise PermissionDenied
        if plan is None or plan.release_id != release.pk:
            return HttpResponseRedirect(address("change", release.pk))
        if request.method == "POST" and request.POST.get(EXACT) == str(plan.pk):
            take_back = partial(approval.take_back, by=actor(request), schedule_id=plan.pk)
            what = say("Planen er annulleret.", "The plan is cancelled.")
            return self.carry_out(request, take_back, what, address("change", release.pk))
        page = {
            "title": question_of(release, Text("Annullér planen for {}?", "Cancel the plan of {}?")),
            "warning": WITHOUT_FIGURES,
            "facts": [*moment_facts(release, plan.due_at), *approver_of(plan)],
        }
        return self.ask(request, release, "take_back", page, [(EXACT, str(plan.pk))])

    def act(self, request: HttpRequest, release: Release, act: Callable[..., object], what: object) -> HttpResponse:
        """Do to a release what was confirmed and go back to it: its page says what happened."""
        do = partial(act, by=actor(request), release_id=release.pk)
        return self.carry_out(request, do, what, address("change", release.pk))

    def ask(
        self,
        request: HttpRequest,
        release: Release,
        act: str,
        page: dict[str, Any],
        fields_kept: Iterable[tuple[str, str]] = (),
    ) -> HttpResponse:
        """The page that asks before an act on a release. Without a form, sending it is the act."""
        back = address("change", release.pk)
        return self.pose(request, {"form": forms.Form(), "submit": ACTS[act], "back": back, **page}, fields_kept)


def title_of(release: Release) -> Text:
    return question_of(release, Text("Udgiv {} på et fastsat tidspunkt?", "Publish {} at a set time?"))


def schedule_form(request: HttpRequest, release: Release) -> ScheduleForm:
    """The form: as it was sent, with what was typed before the question, or with the moment that everybody was told."""
    if is_edited(request):
        return ScheduleForm(initial={"due_at": request.POST.get("due_at")})
    entry = approval.announced_entry(release)
    moment = entry.latest.moment if entry else None
    return ScheduleForm(
        request.POST or None, initial={"due_at": moment} if moment and moment > timezone.now() else None
    )


def announced_facts(release: Release) -> list[tuple[object, object]]:
    """What the calendar says of the release, where it says something."""
    entry = approval.announced_entry(release)
    if entry is None:
        return []
    da, en = entry.latest.words
    return [(say("Kalenderen", "The calendar"), Text(f"Meldt ud: {da}", f"Announced: {en}"))]


def local_text(moment: datetime) -> str:
    """A moment as the form reads it again."""
    return moment.astimezone(COPENHAGEN).strftime("%Y-%m-%dT%H:%M:%S")


def moment_facts(release: Release, moment: datetime) -> Iterator[tuple[object, object]]:
    """The exact moment, and whether it is what everybody was told."""
    yield say("Udgives", "To be published"), exact_time(moment)
    if difference := approval.difference_from_calendar(release, moment):
        yield say("Kalenderen", "The calendar"), difference


def approver_of(plan: ScheduledPublication) -> Iterator[tuple[object, object]]:
    """Who approved a schedule, and when."""
    yield say("Godkendt af", "Approved by"), f"{plan.user}, {moment_of(plan.scheduled_at)}"


def other_plan(release: Release) -> Iterator[tuple[object, object]]:
    """That publishing a release now stops another that is scheduled."""
    plan = approval.open_schedule()
    if plan is not None and plan.release_id != release.pk:
        yield name_of(plan.release), MAKES_STALE
