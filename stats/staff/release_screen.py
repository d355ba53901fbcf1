"""The screen of protected releases: drafts and published ones, with the acts of who orders and who approves."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone

from core.text import Text, lazily, say
from partners.staff.links import page_at
from partners.staff.lists import WordedFilter
from partners.staff.screens import actor
from stats import rooms_above
from stats.choices import AUDIENCES
from stats.errors import ReleaseRefused
from stats.models import AUTHORITY, LONGEST_REASON, PUBLIC, SHORTEST_REASON, Release
from stats.revisions.errata import put_up_sign, take_down_sign
from stats.staff import approval, preview
from stats.staff.audit_words import audit_outcome
from stats.staff.grounds import PublishForm, check_visible, ground_facts
from stats.staff.offers import (
    ACTS,
    address,
    approvable,
    approval_facts,
    audit_details,
    may_preview,
    may_review,
    offer_for,
    return_with_refusal,
)
from stats.staff.release_fields import ReleaseFields
from stats.staff.releases import compared_with, existing, has_looked, looks, readable, with_outcome
from stats.staff.schedule_acts import other_plan
from stats.staff.withdrawal import WithdrawalAct
from stats.staff.words import (
    DRAFT,
    PUBLISHED,
    STATES,
    WITHDRAWN,
    question_of,
    release_in_words,
    sentence_about,
    state_of,
    vintage_of,
)
from stats.words import FIELDS

REFUSING = Text(
    "Udkastet kan derefter ikke udgives. Den, der har bestilt det, læser begrundelsen og kan bestille igen.",
    "After that the draft cannot be published. Whoever ordered it reads the reason, and can order again.",
)
REFUSED = Text("{subject} er afvist.", "{subject} is refused.")
UNDER_REVIEW = Text(
    "Alle, der læser udgivelsens tal, ser straks, at den er under gennemgang. Mærket oplyser intet om, hvad der kan være galt.",
    "Everybody who reads its figures sees at once that it is under review. The sign says nothing of what may be wrong.",
)
REVIEWED = Text("Læserne ser ikke længere mærket.", "Readers see the sign no more.")
FINAL = Text(
    "Udgivelsen er endelig: hvad der er offentliggjort, kan ikke gøres ukendt igen.",
    "Publishing is final: what was once published is known for ever.",
)


class RefuseForm(forms.Form):
    """Why a draft is refused."""

    reason = forms.CharField(
        label=lazily(FIELDS["reason"]),
        min_length=SHORTEST_REASON,
        max_length=LONGEST_REASON,
        widget=forms.Textarea({"rows": 3}),
    )

    def clean_reason(self) -> str:
        """The reason. Raises `ValidationError` for characters that nobody sees: who ordered the draft reads it."""
        return check_visible(self.cleaned_data["reason"])


class ReleaseStateFilter(WordedFilter):
    """Filters releases by their state."""

    choices_offered: ClassVar = {
        DRAFT: (STATES[DRAFT], lambda: Q(publication=None)),
        PUBLISHED: (STATES[PUBLISHED], lambda: Q(publication__isnull=False, withdrawal=None)),
        WITHDRAWN: (STATES[WITHDRAWN], lambda: Q(withdrawal__isnull=False)),
    }


class AudienceFilter(WordedFilter):
    """Filters releases by whom they are for."""

    title = lazily(FIELDS["audience"])
    parameter_name = "audience"
    choices_offered: ClassVar = {code: (AUDIENCES[code], partial(Q, audience=code)) for code in (PUBLIC, AUTHORITY)}


class ReleaseScreen(ReleaseFields, WithdrawalAct):
    """Protected releases. Staff with the right to approve publish and withdraw on a release's page."""

    list_display = ("period_in_words", "state", "audience", "published", "built_at", "user", "id")
    ordering = ("-built_at", "-pk")
    list_filter = (ReleaseStateFilter, AudienceFilter)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Release]:
        """The protected releases: exact ones have nothing to approve."""
        return with_outcome(readable())

    def heading(self, row: Release) -> str:
        """The release by its period, audience and vintage."""
        return str(release_in_words(row))

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The page of a release, with the act that the user may do."""
        release = readable().filter(pk=object_id).first()
        offer = offer_for(request, release) if release else {}
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), **offer})

    @page_at("<path:release_id>/preview/")
    def preview(self, request: HttpRequest, release_id: str) -> HttpResponse:
        """The tables of a release as readers get them; of a draft beside what was published before. Each look is in the audit."""
        if not may_preview(request):
            raise PermissionDenied
        release = existing(release_id)
        is_draft = state_of(release) == DRAFT
        before = compared_with(release) if is_draft else None
        try:
            tables = preview.pages(by=actor(request), release=release, before=before)
        except ReleaseRefused as refusal:
            return return_with_refusal(request, refusal, release)
        page = {
            "title": question_of(release, Text("Tabellerne i {}", "The tables of {}")),
            "release": release,
            "before": before,
            "tables": tables,
            "is_draft": is_draft,
            "looks": looks(release) if is_draft else "",
            "reports": rooms_above.facts(release),
            "audit": audit_outcome(release) if is_draft else [],
            "name": release_in_words(release),
            "stands_beside": preview.comparison_in_words(release, before),
            "heading_of_before": vintage_of(before) if before else "",
        }
        return self.frame(request, "admin/statistics/release/preview.html", page)

    @page_at("<path:release_id>/publish/")
    def publish(self, request: HttpRequest, release_id: str) -> HttpResponse:
        """Ask for confirmation, with the outcome of the audit; then publish. Who has not looked is sent to the release's page."""
        release = approvable(request, release_id)
        if not has_looked(actor(request), release):
            return HttpResponseRedirect(address("change", release.pk))
        form = PublishForm(request.POST if request.method == "POST" else None, release=release, at=timezone.now())
        if form.is_valid():
            what = sentence_about(release, Text("{subject} er udgivet.", "{subject} is published."))
            return self.act(request, release, partial(approval.publish, reason=form.reason), what)
        if approval.obstacle_of(release, actor(request)):
            return HttpResponseRedirect(address("change", release.pk))  # that page says what is in the way
        facts = [*other_plan(release), *ground_facts(release, form.grounds)]
        try:
            facts += approval_facts(actor(request), release)
        except ReleaseRefused as refusal:
            return return_with_refusal(request, refusal, release)
        page = {
            "title": question_of(release, Text("Udgiv {}?", "Publish {}?")),
            "warning": FINAL,
            "facts": facts,
            "folded": audit_details(release),
            "form": form,
        }
        return self.ask(request, release, "publish", page)

    @page_at("<path:release_id>/refuse/")
    def refuse(self, request: HttpRequest, release_id: str) -> HttpResponse:
        """Ask why; then say no to a draft."""
        release = approvable(request, release_id)
        form = RefuseForm(request.POST or None)
        if form.is_valid():
            refuse = partial(approval.refuse, reason=form.cleaned_data["reason"])
            return self.act(request, release, refuse, sentence_about(release, REFUSED))
        page = {
            "title": question_of(release, Text("Afvis {}?", "Refuse {}?")),
            "warning": REFUSING,
            "facts": [],
            "form": form,
        }
        return self.ask(request, release, "refuse", page)

    @page_at("<path:release_id>/review/")
    def review(self, request: HttpRequest, release_id: str) -> HttpResponse:
        """Ask; then put up the sign "under review"."""
        return self.ask_of_sign(request, release_id, "review", UNDER_REVIEW, put_up_sign)

    @page_at("<path:release_id>/end_review/")
    def end_review(self, request: HttpRequest, release_id: str) -> HttpResponse:
        """Ask; then take the sign down."""
        return self.ask_of_sign(request, release_id, "end_review", REVIEWED, take_down_sign)

    def ask_of_sign(
        self, request: HttpRequest, release_id: str, act: str, warning: Text, do: Callable[..., None]
    ) -> HttpResponse:
        """The question about the sign, and the act."""
        if not may_review(request):
            raise PermissionDenied
        release = existing(release_id)
        if request.method == "POST":
            return self.act(request, release, do, say("Det er gjort.", "It is done."))
        page = {
            "title": question_of(release, Text(*(f"{each}: {{}}?" for each in ACTS[act]))),
            "warning": warning,
            "facts": [],
        }
        return self.ask(request, release, act, page)
