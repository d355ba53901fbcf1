"""Staff pages of a person's rights: tombstones to look at, and one form by which a person is produced or erased.

The token is typed, sent in the body of a POST and shown nowhere again: not in an address, a message, a log or the answer's form.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.views.decorators.debug import sensitive_post_parameters

from cases.dictionary import CASE_TOKEN
from cases.erased.choices import erasure_reasons
from cases.erased.models import Tombstone
from cases.rights.database import RightsRefused
from cases.rights.erase import erase
from cases.rights.person import PersonData, find, reopened_cases
from cases.rights.produce import produce
from cases.rights.readable import as_json, as_page
from partners import audit
from partners.staff.screens import ReadOnly, actor
from partners.text import Text, lazily, say

MAY_PRODUCE, MAY_ERASE = "erased.produce_case", "erased.erase_case"
PAGE = "admin:erased_tombstone_person"
KINDS = {
    "cases": (Text("sag", "case"), Text("sager", "cases")),
    "referrals": (Text("henvisning", "referral"), Text("henvisninger", "referrals")),
    "assessments": (Text("vurdering", "assessment"), Text("vurderinger", "assessments")),
}
NO_TOKEN = say("Skriv en sagskode.", "Type a token.")


def token_input() -> forms.PasswordInput:
    """A field whose value no browser offers again and no answer repeats."""
    return forms.PasswordInput(attrs={"autocomplete": "off"}, render_value=False)


class TokenForm(forms.Form):
    """Whose data."""

    token = forms.CharField(max_length=20, widget=token_input(), label=lazily(CASE_TOKEN.label))
    test = forms.BooleanField(required=False, label=say("Testdata", "Test data"))


class ProduceForm(TokenForm):
    """What is produced, and how."""

    kinds_only = forms.BooleanField(
        required=False,
        label=say("Angiv organisationernes type, ikke deres navn", "Tell the kinds of organisations, not their names"),
    )


class EraseForm(TokenForm):
    """What is erased, and why. `fingerprint` is that of what was looked at."""

    reason = forms.ChoiceField(label=say("Begrundelse", "Reason"), choices=erasure_reasons)
    fingerprint = forms.CharField(max_length=16, widget=forms.HiddenInput)
    confirm = forms.BooleanField(label=say("Slet alle oplysninger endeligt", "Erase all of it, for good"))


@admin.register(Tombstone)
class TombstoneAdmin(ReadOnly):
    """Who was erased, as far as that may be known: when, by whom, why, how much."""

    list_display = ("erased_at", "reason_code", "user", "test", "id")
    list_filter = ("reason_code", "test")
    list_select_related = ("user",)
    fields = ("id", "erased_at", "user", "reason_code", "test", "counts")
    change_list_template = "admin/erased/tombstone/change_list.html"

    def get_urls(self) -> list[URLPattern]:
        """The admin's own, and the form."""
        view = self.admin_site.admin_view(self.person)
        return [path("person/", view, name="erased_tombstone_person"), *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The tombstones, and the cases that came again under an erased token."""
        told = {"again": reopened_cases(), "person": reverse(PAGE) if has_right(request) else None}
        return super().changelist_view(request, {**(extra_context or {}), **told})

    @method_decorator(sensitive_post_parameters())
    def person(self, request: HttpRequest) -> HttpResponse:
        """Look, produce, erase: what the button says. Every answer is told not to be kept."""
        if not has_right(request):
            raise PermissionDenied
        acts = {"look": self.look, "produce": self.produce, "erase": self.erase}
        act = acts.get(request.POST.get("act", "")) if request.method == "POST" else None
        try:
            response = act(request) if act else self.page(request)
        except RightsRefused as refused:
            messages.error(request, str(refused))
            response = self.page(request)
        response["Cache-Control"] = "no-store"
        return response

    def look(self, request: HttpRequest) -> HttpResponse:
        """How much there is, and the form to erase it."""
        form = TokenForm(request.POST)
        if not form.is_valid():
            raise RightsRefused(NO_TOKEN)
        held = find(form.cleaned_data["token"], test=form.cleaned_data["test"])
        audit.record(by=actor(request), action="case.look", subject=str(held.cases[0].pk))
        return self.page(request, held)

    def produce(self, request: HttpRequest) -> HttpResponse:
        """The document, as a file."""
        form = ProduceForm(request.POST)
        if not form.is_valid():
            raise RightsRefused(NO_TOKEN)
        token, test, kinds_only = (form.cleaned_data[name] for name in ("token", "test", "kinds_only"))
        document = produce(by=actor(request), token=token, test=test, names=not kinds_only)
        if "json" in request.POST:
            return file_of(as_json(document), "application/json", "person.json")
        return file_of(as_page(document), "text/html; charset=utf-8", "person.html")

    def erase(self, request: HttpRequest) -> HttpResponse:
        """Erase what was looked at."""
        form = EraseForm(request.POST)
        if not form.is_valid():
            raise RightsRefused(
                say(
                    "For at slette: skriv sagskoden igen, vælg en begrundelse, og bekræft.",
                    "To erase, type the token again, choose a reason and confirm.",
                )
            )
        named = {"token": form.cleaned_data["token"], "test": form.cleaned_data["test"]}
        seen = {"reason_code": form.cleaned_data["reason"], "fingerprint": form.cleaned_data["fingerprint"]}
        tombstone = erase(by=actor(request), **named, **seen)
        messages.success(request, say(f"Slettet. Sletningens id er {tombstone}.", f"Erased. Tombstone {tombstone}."))
        return HttpResponseRedirect(reverse(PAGE))

    def page(self, request: HttpRequest, held: PersonData | None = None) -> TemplateResponse:
        """The form; with what was found, the question whether to erase it."""
        context = {
            **self.admin_site.each_context(request),
            "title": say("En persons rettigheder", "A person's rights"),
            "form": ProduceForm(),
            "may_produce": request.user.has_perm(MAY_PRODUCE),
            "may_erase": request.user.has_perm(MAY_ERASE),
            "held": held,
            "counts": [(count, KINDS[name][count != 1]) for name, count in held.counts().items()] if held else [],
            "erase": EraseForm(initial={"fingerprint": held.fingerprint, "test": held.cases[0].test}) if held else None,
        }
        return TemplateResponse(request, "admin/erased/tombstone/person.html", context)


def has_right(request: HttpRequest) -> bool:
    """Whether the user may produce or erase."""
    return bool(request.user.has_perm(MAY_PRODUCE) or request.user.has_perm(MAY_ERASE))


def file_of(text: str, kind: str, name: str) -> HttpResponse:
    """A file to download, whose name says nothing."""
    disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(text, content_type=kind, headers=disposition)
