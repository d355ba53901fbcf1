"""What the list and the form of partners have of the life of organisations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Max, OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest
from django.utils import timezone

from core.refusals import WORDS
from core.text import lazily, say
from partners.models import OPEN_ORGANISATIONS, Partner
from partners.organisations.agreements import AgreementState, current, needs_none, state_of
from partners.organisations.models import AgreementConfirmation, PartnerName


def with_agreement(partners: QuerySet[Partner]) -> QuerySet[Partner]:
    """The partners, each with the latest version that it has confirmed (`agreed`)."""
    rows = AgreementConfirmation.objects.filter(partner=OuterRef("pk")).order_by().values("partner")
    return partners.annotate(agreed=Subquery(rows.annotate(latest=Max("version")).values("latest")))


def without_agreement(partners: QuerySet[Partner]) -> QuerySet[Partner]:
    """The open organisations of `with_agreement` that must confirm before anything live is stored, or should soon."""
    return partners.filter(OPEN_ORGANISATIONS).filter(Q(agreed=None) | Q(agreed__lt=current().number))


class AgreementFilter(admin.SimpleListFilter):
    """Filters partners that have not confirmed the agreement in force."""

    title = say("aftale", "agreement")
    parameter_name = "agreement"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The one choice: partners whose confirmation is awaited."""
        return [("awaited", say("Afventes", "Awaited"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Partner]) -> QuerySet[Partner]:
        """The partners whose confirmation is awaited."""
        return without_agreement(queryset) if self.value() == "awaited" else queryset


def state_in_list(partner: Partner) -> AgreementState | None:
    """How a partner of `with_agreement` stands; None where it needs no agreement."""
    if needs_none(partner):
        return None
    return state_of(getattr(partner, "agreed", None))


class FreeName(forms.ModelForm):
    """Mixed into the form of a partner: its name is planned for no other one. `values_typed`: what stands in its fields at first
    instead of what is stored.
    """

    values_typed: Mapping[str, Any] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {**self.initial, **self.values_typed}

    def clean_name(self) -> str:
        name = str(self.cleaned_data["name"])
        plans = PartnerName.objects.filter(name=name, since__gt=timezone.localdate()).exclude(
            partner_id=self.instance.pk
        )
        if plans.exists():
            raise forms.ValidationError(lazily(WORDS["NAME_TAKEN"]))
        return name
