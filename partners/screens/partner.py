"""The staff's screen of partners: a page of each, which says what to do next, and asks before the partner is switched off."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from core.refusals import WORDS
from core.text import Text, lazily, say
from partners import audit, choices
from partners.kinds import Mode
from partners.models import Partner
from partners.organisations import names
from partners.organisations.agreements import state_in_list, with_agreement, without_agreement
from partners.organisations.models import PartnerName
from partners.organisations.words import STATES
from partners.staff import partner_page
from partners.staff.links import column
from partners.staff.naming import NOTHING
from partners.staff.questions import is_answered, is_edited, repeated_fields
from partners.staff.screens import Screen, StaffList, actor, display
from partners.staff.words import CLOSE_PARTNER, CLOSE_WARNING, PARTNER_HELPS, PARTNER_LEAD

BOTH = "all"
TEST_FIRST = say(
    "Partneren har også fået en testklient. Partnerens leder laver selv dens API-nøgle, og begynder med den.",
    "The partner has a test client, too. A manager of the partner makes its secret, and begins with it.",
)


class ModeFilter(admin.SimpleListFilter):
    """Filters partners by mode: live, unless another is chosen. The page of each leads to its twin in test mode."""

    title = say("tilstand", "mode")
    parameter_name = "mode__exact"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """The modes, and both of them."""
        return [*choices.MODES, (BOTH, say("Alle", "All"))]

    def value(self) -> str:
        """The choice, live where there is none or one that is not offered."""
        choice = super().value()
        return choice if choice in dict(self.lookup_choices) else str(Mode.LIVE)

    def choices(self, changelist: ChangeList) -> Iterator[Any]:
        """The choices without Django's own for all, which chooses nothing."""
        return islice(super().choices(changelist), 1, None)

    def queryset(self, request: HttpRequest, queryset: QuerySet[Partner]) -> QuerySet[Partner]:
        return queryset if self.value() == BOTH else queryset.filter(mode=self.value())


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


class PartnerList(StaffList):
    """The list, which counts as all of its rows those of the mode that it shows."""

    def get_results(self, request: HttpRequest) -> None:
        """The rows of the page."""
        super().get_results(request)
        of_mode = next(each for each in self.filter_specs if isinstance(each, ModeFilter))
        self.full_result_count = of_mode.queryset(request, self.root_queryset).count()


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


@admin.register(Partner)
class PartnerAdmin(Screen):
    """Organisations. A partner is switched off, never deleted: its referrals stay."""

    list_display = ("whole_name", "kind", "mode", "active", "agreement")
    list_filter = ("kind", ModeFilter, "active", AgreementFilter)
    search_fields = ("name", "umbrella")
    fields = (
        "name",
        "kind",
        "mode",
        "active",
        "reporting",
        "report_due_days",
        "reporting_since",
        "umbrella",
        "agreement_kind",
    )
    helps = PARTNER_HELPS
    save_words = Text("Opret partneren", "Add the partner")

    def has_delete_permission(self, request: HttpRequest, obj: Partner | None = None) -> bool:
        return False

    def get_changelist(self, request: HttpRequest, **_: Any) -> type[ChangeList]:
        return PartnerList

    def formfield_for_choice_field(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """A select without an empty option where the field has a default."""
        return super().formfield_for_choice_field(
            db_field, request, choices=db_field.get_choices(include_blank=not db_field.has_default()), **kwargs
        )

    def get_readonly_fields(self, request: HttpRequest, obj: Partner | None = None) -> tuple[str, ...]:
        """Kind and mode cannot change once the partner exists: its submissions are counted under them.

        It is renamed on a screen of its own, from a day on.
        """
        return () if obj is None else ("name", "kind", "mode")

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The page of a partner; before it is switched off, the question with what that does."""
        if is_edited(request):
            request.method = "GET"
        partner = self.get_object(request, object_id)
        if (
            request.method == "POST"
            and partner is not None
            and partner.active
            and not is_answered(request)
            and self.has_change_permission(request, partner)
        ):
            form = self.get_form(request, partner, change=True)(request.POST, instance=partner)
            if form.is_valid() and not form.cleaned_data["active"]:
                return self.ask_to_close(request, Partner.objects.get(pk=partner.pk), form)
        return super().change_view(request, object_id, form_url, extra_context)

    def ask_to_close(self, request: HttpRequest, partner: Partner, form: Any) -> HttpResponse:
        """The question before a partner is switched off. Other fields that were changed stand with it."""
        page = {
            "title": Text(f"Slå {partner} fra?", f"Switch {partner} off?"),
            "warning": CLOSE_WARNING,
            "facts": [*partner_page.effects_of(partner, request.user), *other_changes(form, "active")],
            "submit": CLOSE_PARTNER,
            "back": request.get_full_path(),
            "editable": True,
        }
        return self.pose(request, page, repeated_fields(request, *form.fields))

    def lead(self, request: HttpRequest) -> str:
        """What comes after a new partner: its page says it step by step."""
        return str(PARTNER_LEAD)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """The page of a partner under its name: what to do next, what the rooms tell of it, and its form."""
        partner = context.get("original")
        if partner is not None:
            steps, sections = (
                partner_page.steps_of(partner, request.user),
                partner_page.sections_of(partner, request.user),
            )
            context = {**context, "steps": steps, "sections": sections}
        return super().render_change_form(request, context, *args, **kwargs)

    def response_add(self, request: HttpRequest, obj: Partner, post_url_continue: str | None = None) -> HttpResponse:
        """The page of the new partner, which says what to do next."""
        text = Text(
            f"{obj} er oprettet. Her står, hvad der skal gøres nu.", f"{obj} is added. Here is what to do next."
        )
        messages.success(request, str(text))
        return HttpResponseRedirect(reverse("admin:partners_partner_change", args=[obj.pk]))

    def response_post_save_change(self, request: HttpRequest, obj: Partner) -> HttpResponseRedirect:
        """Its page again, which says what the change leads to."""
        return HttpResponseRedirect(reverse("admin:partners_partner_change", args=[obj.pk]))

    def get_queryset(self, request: HttpRequest) -> QuerySet[Partner]:
        """The partners, each with the latest version of the agreement that it has confirmed (`agreed`)."""
        return with_agreement(super().get_queryset(request))

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """The form, in which a new partner takes no name that is planned for another one. Back from a question it has what was
        typed.
        """
        form: Any = super().get_form(request, obj, change, **kwargs)
        values = (
            {bound.name: bound.data for bound in form(request.POST)} if obj is not None and is_edited(request) else {}
        )
        return type(form.__name__, (FreeName, form), {"values_typed": values})

    whole_name = column(say("navn", "name"), str, ordering="name")

    @admin.display(description=say("aftale", "agreement"), ordering="agreed")
    def agreement(self, partner: Partner) -> str:
        """How it stands with the agreement."""
        state = state_in_list(partner)
        return str(STATES[state]) if state else NOTHING

    def save_model(self, request: HttpRequest, obj: Partner, form: Any, change: bool) -> None:
        """Save the partner with an audit row. Of an existing partner only the fields of the form are saved."""
        before, agreement = Partner.objects.values_list("umbrella", "agreement_kind").filter(pk=obj.pk).first() or (
            "",
            None,
        )
        obj.save(update_fields=list(form.fields) if change else None)
        action = "partner.change" if change else "partner.add"
        audit.record(
            by=actor(request),
            action=action,
            subject=str(obj.pk),
            active=obj.active,
            **obj.as_details,
            **({"umbrella": obj.umbrella, "umbrella_before": before} if obj.umbrella != before else {}),
            **({"agreement_before": agreement} if change and obj.agreement_kind != agreement else {}),
        )
        if not change and names.add_twin(by=actor(request), partner=obj):
            messages.info(request, TEST_FIRST)
        if obj.umbrella:
            messages.info(request, under_one_umbrella(obj))


def other_changes(form: Any, name: str) -> list[tuple[str, str]]:
    """What a valid form changes beside one field, in words."""
    return [
        (bound.label, display(bound, form.cleaned_data[bound.name]))
        for bound in form
        if bound.name in form.changed_data and bound.name != name
    ]


def under_one_umbrella(partner: Partner) -> str:
    """Who else is under a partner's umbrella, in words: a name that is spelt otherwise shows itself here.

    The organisation itself may be a partner, too.
    """
    same = Q(umbrella__iexact=partner.umbrella) | Q(name__iexact=partner.umbrella)
    others = Partner.objects.filter(same, mode=partner.mode).exclude(pk=partner.pk)
    names = ", ".join(others.values_list("name", flat=True))
    if not names:
        sentence = Text(
            f"Ingen anden partner har paraplyorganisationen {partner.umbrella}.",
            f"No other partner has the umbrella organisation {partner.umbrella}.",
        )
    else:
        sentence = Text(f"Under {partner.umbrella} er også: {names}.", f"Also under {partner.umbrella}: {names}.")
    return str(say(*sentence))
