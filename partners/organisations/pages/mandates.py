"""The page of mandates: what the organisation has given and was given, and what its managers do about it.

A mandate of others is not found, like one that does not exist.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from core.text import lazily
from partners.audit import Actor
from partners.models import Partner
from partners.organisations import mandates
from partners.organisations.mandates import MandateRefused
from partners.organisations.models import Mandate
from partners.organisations.words import LABELS, QUESTIONS, TEXTS
from partners.people.models import Membership
from partners.people.pages.frame import refusal_page
from partners.people.pages.manager import needs, row_of
from partners.people.pages.signing_in import me
from partners.roles import Right
from partners.staff.questions import is_answered, repeated_fields

PLACE = "account_mandates"
DAY = {"type": "date"}


class MandateForm(forms.Form):
    """Whom a manager gives a mandate, and for how long."""

    taker = forms.UUIDField(widget=forms.TextInput(attrs={"autocomplete": "off"}))
    since = forms.DateField(initial=timezone.localdate, widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"))
    until = forms.DateField(required=False, widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """With our labels and the look of all pages."""
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = lazily(LABELS[name])
            field.widget.attrs["class"] = "form-input"


@require_safe
@needs(Right.REPRESENT)
def overview(request: HttpRequest, member: Membership) -> HttpResponse:
    """The mandates of the person's organisation, and the form of a new one."""
    return page(request, member, MandateForm())


def page(request: HttpRequest, member: Membership, form: MandateForm, status: int = 200) -> HttpResponse:
    rows = [(each, mandates.words_of_state(each)) for each in mandates.mandates_of(member.partner)]
    context: dict[str, Any] = {
        "member": member,
        "texts": TEXTS,
        "twin": Partner.objects.filter(twin_of=member.partner).first(),
        "given": [row for row in rows if row[0].giver_id == member.partner_id],
        "received": [row for row in rows if row[0].taker_id == member.partner_id],
        "open": {mandates.OFFERED, mandates.PLANNED, mandates.HOLDS},
        "offered": mandates.OFFERED,
        "form": form,
    }
    return render(request, "organisations/mandates.html", context, status=status)


@require_POST
@needs(Right.REPRESENT)
def give(request: HttpRequest, member: Membership) -> HttpResponse:
    """Ask, and give a mandate."""
    form = MandateForm(request.POST)
    if not form.is_valid():
        return page(request, member, form, 400)
    try:
        taker = mandates.taker_of(member.partner, form.cleaned_data["taker"])
        if not is_answered(request):
            return question(request, "give", taker.name, fields=("taker", "since", "until"))
        period = {name: form.cleaned_data[name] for name in ("since", "until")}
        mandates.give(by=Actor.of(me(request)), giver=member.partner, taker=taker, **period)
    except MandateRefused as refusal:
        form.add_error(None, str(refusal))
        return page(request, member, form, 409)
    messages.success(request, str(TEXTS["given_done"]))
    return HttpResponseRedirect(reverse(PLACE))


@require_POST
@needs(Right.REPRESENT)
def accept(request: HttpRequest, member: Membership) -> HttpResponse:
    """Ask, and accept a mandate that the organisation was given."""
    mandate = row_of(request, Mandate.objects.filter(taker=member.partner).select_related("giver"))
    if not is_answered(request):
        return question(request, "accept", mandate.giver.name)
    try:
        mandates.accept(by=Actor.of(me(request)), mandate=mandate)
    except MandateRefused:
        return refusal_page(request)
    messages.success(request, str(TEXTS["accepted_done"]))
    return HttpResponseRedirect(reverse(PLACE))


@require_POST
@needs(Right.REPRESENT)
def end(request: HttpRequest, member: Membership) -> HttpResponse:
    """Ask, and end a mandate of the organisation at once."""
    mandate = row_of(request, mandates.mandates_of(member.partner))
    other = mandate.taker if mandate.giver_id == member.partner_id else mandate.giver
    if not is_answered(request):
        return question(request, "end", other.name)
    try:
        mandates.end(by=Actor.of(me(request)), mandate=mandate)
    except MandateRefused as refusal:
        raise Http404 from refusal
    messages.success(request, str(TEXTS["ended_done"]))
    return HttpResponseRedirect(reverse(PLACE))


def question(request: HttpRequest, act: str, about: str, fields: tuple[str, ...] = ("row",)) -> HttpResponse:
    """The page that asks before an act."""
    fields_kept = repeated_fields(request, *fields)
    context = {"page": QUESTIONS[act], "about": [about], "kept": fields_kept, "back": reverse(PLACE)}
    return render(request, "people/ask.html", context)
