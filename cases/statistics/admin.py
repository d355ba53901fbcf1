"""Staff pages of the statistics: protected releases, orders to build them, decisions on what others have published, and errata.

Everything here runs with the rights of the web server: it can reach neither a draft's cells nor what its audit found. Looking at a
draft, publishing and withdrawing are functions of the database. They check everything themselves; these pages check it for a
readable message.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import ForeignKey, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone

from cases.statistics.errors import ReleaseRefused
from cases.statistics.models import LONGEST_REASON, AnnouncedDate, BuildOrder, Erratum, FactDecision, Release
from cases.statistics.revisions.errata import add_erratum
from cases.statistics.staff import approval, preview
from cases.statistics.staff.calendar_screen import CalendarScreen
from cases.statistics.staff.forms import ErratumForm, FactForm
from cases.statistics.staff.offers import (
    ACTS,
    address,
    approvable,
    approval_facts,
    audit_details,
    may_preview,
    offer_for,
    return_with_message,
)
from cases.statistics.staff.orders import BuildOrderScreen
from cases.statistics.staff.releases import existing, last_published, looks, of_same_period, readable
from cases.statistics.staff.schedule_acts import ScheduleActs, calendar_facts, other_plan
from cases.statistics.staff.words import (
    CHANGE_NOTES,
    DRAFT,
    PUBLISHED,
    STATES,
    WITHDRAWN,
    audit_outcome,
    axes,
    notes_of,
    settings_of,
    state_of,
)
from cases.statistics.words import (
    ERRATUM_HELPS,
    ERRATUM_WARNING,
    FACT_HELPS,
    FACT_WARNING,
    FIELDS,
    FOR_EVER,
)
from partners.staff.filters import WordedFilter
from partners.staff.questions import question_page
from partners.staff.screens import SignedScreen, actor
from partners.text import Text, lazily, say

FINAL = Text(
    "Udgivelsen er endelig: hvad der er offentliggjort, kan ikke gøres ukendt igen.",
    "Publishing is final: what was once published is known for ever.",
)
STAYS = Text(
    "Den kan stadig læses under sit id, mærket som trukket tilbage.",
    "It can still be read by its id, marked as withdrawn.",
)


class PublishForm(forms.Form):
    """A form without fields: sending it is the approval."""


class WithdrawForm(forms.Form):
    """The reason, and the release that replaces it."""

    reason = forms.CharField(
        label=say("Begrundelse", "Reason"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea,
        help_text=lazily(FOR_EVER),
    )

    def __init__(self, *args: Any, release: Release, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = of_same_period(release).filter(publication__isnull=False, withdrawal=None).exclude(pk=release.pk)
        replacement_field = forms.ModelChoiceField(label=say("Erstattes af", "Replacement"), queryset=others)
        self.fields = {"replacement": replacement_field, **self.fields}


class ReleaseStateFilter(WordedFilter):
    """Filters releases by their state."""

    choices_offered: ClassVar = {
        DRAFT: (STATES[DRAFT], lambda: Q(publication=None)),
        PUBLISHED: (STATES[PUBLISHED], lambda: Q(publication__isnull=False, withdrawal=None)),
        WITHDRAWN: (STATES[WITHDRAWN], lambda: Q(withdrawal__isnull=False)),
    }


@admin.register(Release)
class ReleaseAdmin(ScheduleActs):
    """Protected releases: drafts and published ones. Staff with the right to approve publish and withdraw on a release's page."""

    list_display = ("id", "state", "audience", "built_at", "user")
    ordering = ("-built_at", "-pk")
    list_filter = (ReleaseStateFilter, "audience")
    fields = (
        "id",
        "audience",
        "period",
        "as_of",
        "built_at",
        "user",
        "state",
        "tables_and_parameters",
        "codelist_versions",
        "notes_in_words",
        *CHANGE_NOTES,
        "commitment",
        "seen_before",
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Release]:
        """The protected releases: exact ones have nothing to approve."""
        return readable()

    @admin.display(description=say("tilstand", "state"))
    def state(self, release: Release) -> str:
        """Draft, published or withdrawn."""
        return str(STATES[state_of(release)])

    @admin.display(description=lazily(FIELDS["settings"]))
    def tables_and_parameters(self, release: Release) -> str:
        """The tables and the parameters."""
        return settings_of(release)

    @admin.display(description=lazily(FIELDS["codelists"]))
    def codelist_versions(self, release: Release) -> str:
        """The versions of the code lists."""
        return ", ".join(f"{axes(name)} {version}" for name, version in sorted(release.codelists.items()))

    @admin.display(description=lazily(FIELDS["notes"]))
    def notes_in_words(self, release: Release) -> str:
        """The notes of the build, in words."""
        return notes_of(release)

    def get_urls(self) -> list[URLPattern]:
        """The addresses of the admin, and one for each act."""
        acts = [
            path(f"<path:release_id>/{act}/", self.admin_site.admin_view(view), name=f"statistics_release_{act}")
            for act, view in (("preview", self.preview), ("publish", self.publish), ("withdraw", self.withdraw))
        ]
        return [*acts, *self.schedule_urls(), *super().get_urls()]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The page of a release, with the act that the user may do."""
        release = readable().filter(pk=object_id).first()
        offer = offer_for(request, release) if release else {}
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), **offer})

    def preview(self, request: HttpRequest, release_id: str) -> HttpResponse:
        """The tables of a draft as they will be published, beside the last published vintage. The database logs the look."""
        if not may_preview(request):
            raise PermissionDenied
        release = existing(release_id)
        before = last_published(release)
        try:
            tables = preview.pages(by=actor(request), release=release, before=before)
        except ReleaseRefused as refusal:
            messages.error(request, str(refusal))
            return HttpResponseRedirect(address("change", release.pk))
        page = {
            "opts": self.opts,
            "title": say(f"Tabellerne i {release.pk}", f"The tables of {release.pk}"),
            "release": release,
            "before": before,
            "tables": tables,
            "looks": looks(release),
            "audit": audit_outcome(release),
        }
        context = {**self.admin_site.each_context(request), **page}
        return TemplateResponse(request, "admin/statistics/release/preview.html", context)

    def publish(self, request: HttpRequest, release_id: str) -> HttpResponse:
        """Ask for confirmation, with the outcome of the audit; then publish."""
        release = approvable(request, release_id)
        form = PublishForm(request.POST or None)
        if request.method == "POST":
            try:
                approval.publish(by=actor(request), release_id=release.pk)
                return return_with_message(
                    request, say(f"{release.pk} er udgivet.", f"{release.pk} is published."), release
                )
            except ReleaseRefused as refusal:
                messages.error(request, str(refusal))
                return HttpResponseRedirect(address("change", release.pk))
        if approval.obstacle_of(release, actor(request)):
            return HttpResponseRedirect(address("change", release.pk))  # that page says what is in the way
        page = {
            "title": say(f"Udgiv {release.pk}?", f"Publish {release.pk}?"),
            "warning": FINAL,
            "facts": [
                *other_plan(release),
                *calendar_facts(release, timezone.now()),
                *approval_facts(release),
            ],
            "folded": audit_details(release),
            "submit": ACTS["publish"],
        }
        return self.page(request, release, form, page)

    def withdraw(self, request: HttpRequest, release_id: str) -> HttpResponse:
        """Ask for the reason and the replacement; then withdraw."""
        release = approvable(request, release_id)
        form = WithdrawForm(request.POST or None, release=release)
        if form.is_valid():
            replacement, reason = form.cleaned_data["replacement"].pk, form.cleaned_data["reason"]
            try:
                approval.withdraw(by=actor(request), release_id=release.pk, replacement=replacement, reason=reason)
                message = say(
                    f"{release.pk} er trukket tilbage og erstattet af {replacement}.",
                    f"{release.pk} is withdrawn and replaced by {replacement}.",
                )
                return return_with_message(request, message, release)
            except ReleaseRefused as refusal:
                messages.error(request, str(refusal))
        page = {
            "title": say(f"Træk {release.pk} tilbage?", f"Withdraw {release.pk}?"),
            "warning": STAYS,
            "facts": [],
            "submit": ACTS["withdraw"],
        }
        return self.page(request, release, form, page)

    def page(self, request: HttpRequest, release: Release, form: forms.Form, page: dict[str, Any]) -> HttpResponse:
        """The page that asks for confirmation."""
        return question_page(request, {**page, "opts": self.opts, "form": form, "back": address("change", release.pk)})


@admin.register(FactDecision)
class FactDecisionAdmin(SignedScreen):
    """What staff decided of figures that others have published and the records contradict."""

    form = FactForm
    list_display = ("decided_at", "fact", "decision", "low", "high", "reason", "user")
    ordering = ("-decided_at", "-pk")
    list_filter = ("decision",)
    list_select_related = ("user",)
    fields = ("fact", "decision", "low", "high", "reason")
    helps = FACT_HELPS
    warning = FACT_WARNING


@admin.register(Erratum)
class ErratumAdmin(SignedScreen):
    """What readers of a published release must know of it. Its figures stay as they are."""

    form = ErratumForm
    list_display = ("published_at", "of_release", "text_da", "text_en", "user")
    ordering = ("-published_at", "-pk")
    list_select_related = ("user",)
    fields = ("release", "text_da", "text_en")
    helps = ERRATUM_HELPS
    warning = ERRATUM_WARNING

    def formfield_for_foreignkey(self, db_field: ForeignKey[Any], request: HttpRequest, **kwargs: Any) -> Any:
        """Offer published releases alone."""
        if db_field.name == "release":
            kwargs["queryset"] = readable().filter(publication__isnull=False)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def save_model(self, request: HttpRequest, obj: Erratum, form: Any, change: bool) -> None:
        """Add the erratum, which publishes it."""
        text = Text(obj.text_da, obj.text_en)
        obj.pk = add_erratum(by=actor(request), release_id=obj.release_id, text=text).pk


admin.site.register(BuildOrder, BuildOrderScreen)
admin.site.register(AnnouncedDate, CalendarScreen)
