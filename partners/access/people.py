"""Screens on which staff ask for the access of people: members of partners, and invitations. What they ask for is a request."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminTextInputWidget
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from core.text import Text, in_one, lazily, say
from partners import choices
from partners.access import requests
from partners.access.approvers import approvers_in_words, colleagues, second_codes_page
from partners.models import Partner
from partners.people import invitations, members
from partners.people.invitation_states import EXPIRED, OPEN, REVOKED, USED, state_in_words, with_ends
from partners.people.invitations import EXACT_KINDS, InvitationRefused
from partners.people.members import MemberRefused
from partners.people.models import STAFF_WORDS, Invitation, Membership
from partners.people.names import LONGEST_RECIPIENT, NotARecipient, as_recipient, name_from, name_of
from partners.people.rights import MAY_INVITE
from partners.people.words import ERRORS, HINTS, LABELS
from partners.roles import PARTNER_ROLES, STAFF_ROLES
from partners.staff.links import column
from partners.staff.lists import BY_PARTNER, WordedFilter
from partners.staff.naming import NOTHING, day_of
from partners.staff.screens import ReadOnly, Screen, actor
from partners.staff.words import INVITATION_LEAD, INVITATION_WARNINGS, MEMBER_WARNINGS

NEVER = Text("aldrig", "never")


class MemberStateFilter(WordedFilter):
    """Filters people by whether they can sign in."""

    choices_offered: ClassVar = {
        "on": (Text("åben", "switched on"), lambda: Q(user__is_active=True)),
        "off": (Text("lukket", "switched off"), lambda: Q(user__is_active=False)),
    }


class MembershipAdmin(ReadOnly):
    """People of partners. The actions switch accounts off and on, and restore one whose second factor was lost."""

    list_display = ("user", "partner", "role", "active", "last_login")
    list_filter = (MemberStateFilter, "role", BY_PARTNER)
    search_fields = ("user__username", "user__first_name", "partner__name")
    list_select_related = ("user", "partner")
    fields = (*list_display, "created_at")
    actions = ("switch_off", "switch_on", "bring_back")
    warnings = MEMBER_WARNINGS

    def acts_on(self, request: HttpRequest, row: Membership) -> Collection[str]:
        """An account that is on is switched off, or given a new password and factor; one that is off is switched on."""
        return ("switch_off", "bring_back") if row.user.is_active else ("switch_on",)

    def has_invite_permission(self, request: HttpRequest) -> bool:
        """Whether the user may act on people of partners."""
        return bool(request.user.has_perm(MAY_INVITE))

    active = column(say("aktiv", "active"), lambda member: bool(member.user.is_active), boolean=True)
    # The day of the last sign-in. Who lacks a second factor is not told: a password alone would open that account.
    last_login = column(
        say("senest logget ind", "last signed in"),
        lambda member: day_of(member.user.last_login) if member.user.last_login else str(NEVER),
        ordering="user__last_login",
    )

    @admin.action(description=say("Luk adgang", "Switch off"), permissions=["invite"])
    def switch_off(self, request: HttpRequest, queryset: QuerySet[Membership]) -> None:
        """End the sessions of the chosen people and deactivate their accounts."""
        for member in queryset.select_related("user"):
            members.switch(by=actor(request), user=member.user, active=False)
        messages.success(request, say("Adgangen er lukket.", "Switched off."))

    @admin.action(description=say("Åbn adgang", "Switch on"), permissions=["invite"])
    def switch_on(self, request: HttpRequest, queryset: QuerySet[Membership]) -> None:
        """Activate the accounts of the chosen people."""
        for member in queryset.select_related("user"):
            try:
                members.switch(by=actor(request), user=member.user, active=True)
                messages.success(request, say(f"Adgangen for {member} er åbnet.", f"{member} is switched on."))
            except MemberRefused as refusal:
                messages.error(request, say(f"{member}: {refusal}", f"{member}: {refusal}"))

    @admin.action(
        description=say("Bed om en ny adgangskode og totrinsbekræftelse", "Ask for a new password and factor"),
        permissions=["invite"],
    )
    def bring_back(self, request: HttpRequest, queryset: QuerySet[Membership]) -> HttpResponse:
        """Request an invitation for each chosen person; another member of staff approves."""
        codes, refusals = [], []
        for member in queryset.select_related("user", "partner"):
            what: dict[str, Any] = {"role": member.role, "partner": member.partner, "user": member.user}
            try:
                codes.append(requests.ask_invitation(by=actor(request), **what))
            except InvitationRefused as error:
                refusals.append(f"{member}: {error}")
        return second_codes_page(request, codes, refusals)


class InvitationForm(forms.ModelForm):
    """The form of an invitation: to a role of staff, or to a role at a partner."""

    recipient = forms.CharField(
        label=lazily(LABELS["recipient"]),
        max_length=LONGEST_RECIPIENT,
        help_text=lazily(HINTS["recipient_by_staff"]),
        widget=AdminTextInputWidget({"autocomplete": "off"}),
    )
    role = forms.ChoiceField(label=say("Rolle", "Role"))
    partner = forms.ModelChoiceField(
        # The managers of a partner are those of its row in test mode too.
        Partner.objects.filter(active=True, twin_of=None),
        label=say("Partner", "Partner"),
    )

    class Meta:
        model = Invitation
        fields = ("recipient", "partner", "role")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer what this person may ask for: superusers ask for anybody, others for people of partners."""
        super().__init__(*args, **kwargs)
        partner: Any = self.fields["partner"]
        groups_of_roles = [(say("Hos en partner", "At a partner"), choices.MEMBER_ROLES)]
        if self.by_superuser:  # type: ignore[attr-defined]
            of_staff = choices.choices_of({name: role.title for name, role in STAFF_ROLES.items()})
            groups_of_roles.append((say("I centret", "At the centre"), of_staff))
            partner.required = False
            partner.help_text = say(
                "Lad feltet stå tomt for medarbejdere i centret.", "Leave empty for staff of the centre."
            )
        else:
            partner.queryset = partner.queryset.exclude(kind__in=EXACT_KINDS)
            partner.error_messages["invalid_choice"] = str(invitations.refused_for_others())
        self.fields["role"].choices = groups_of_roles  # type: ignore[attr-defined]

    def clean_recipient(self) -> str:
        """Check that it is a name or a function."""
        try:
            return as_recipient(self.cleaned_data["recipient"])
        except NotARecipient:
            raise forms.ValidationError(str(ERRORS["not_a_recipient"])) from None

    def clean(self) -> dict[str, Any]:
        """Check that the role fits, and that the person may give it."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if self.errors:
            return data
        partner, role = data["partner"], data["role"]
        if (partner is None) == (role in list(PARTNER_ROLES)):
            raise forms.ValidationError(
                say(
                    "Rollen passer ikke: en partners brugere og centrets medarbejdere har forskellige roller.",
                    "The role does not fit: a partner's people and the centre's staff have different roles.",
                )
            )
        try:
            invitations.check(role, partner, None)
            invitations.check_staff(self.by, partner)  # type: ignore[attr-defined]
        except InvitationRefused as refusal:
            raise forms.ValidationError(str(refusal)) from None
        return data


class InvitationStateFilter(WordedFilter):
    """Filters invitations by whether they can be used."""

    choices_offered: ClassVar = {
        "open": (OPEN, lambda: Q(pk__in=invitations.without_end().values("pk"))),
        "used": (USED, lambda: Q(used_at__isnull=False)),
        "revoked": (REVOKED, lambda: Q(revoked_at__isnull=False)),
        "expired": (EXPIRED, lambda: Q(used_at=None, revoked_at=None, expires_at__lte=timezone.now())),
    }


class InvitationAdmin(Screen):
    """Invitations. Staff request them here, another approves, and the action revokes them. Nobody changes one by hand."""

    form = InvitationForm
    list_display = ("whom", "whose", "role", "state", "made_by", "made_at")
    list_display_links = ("whose",)  # every row has one
    list_filter = (InvitationStateFilter, "role", BY_PARTNER)
    list_select_related = ("partner", "user", "made_by")
    actions = ("revoke",)
    warnings = INVITATION_WARNINGS
    save_words = Text("Bed om invitationen", "Ask for the invitation")

    def acts_on(self, request: HttpRequest, row: Invitation) -> Collection[str]:
        """An invitation that can still be used is withdrawn."""
        return ("revoke",) if invitations.without_end().filter(pk=row.pk).exists() else ()

    def has_invite_permission(self, request: HttpRequest) -> bool:
        """Whether the user may end invitations."""
        return bool(request.user.has_perm(MAY_INVITE))

    def has_change_permission(self, request: HttpRequest, obj: Invitation | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Invitation | None = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Invitation]:
        """The invitations, each with who ended it."""
        return with_ends(super().get_queryset(request))

    @admin.display(description=lazily(LABELS["recipient"]), ordering="recipient")
    def whom(self, invitation: Invitation) -> str:
        """For whom it is, as it was written, or the account to restore."""
        return name_of(invitation.user) if invitation.user else invitation.recipient or NOTHING

    whose = column(
        say("partner", "partner"), lambda invitation: str(invitation.partner or STAFF_WORDS), ordering="partner__name"
    )
    # What became of it: open and until when, or how it ended, when and by whom.
    state = column(
        say("status", "state"),
        lambda invitation: state_in_words(invitation, name_from(invitation.ended_by)),
        ordering="expires_at",
    )

    def get_fields(self, request: HttpRequest, obj: Invitation | None = None) -> tuple[str, ...]:
        """What is asked for; of an invitation all but the digest of the token. An account to restore says for whom it is."""
        whom = "user" if obj is not None and obj.user_id else "recipient"
        return (whom, "partner", "role", *(("state", "made_by", "made_at") if obj else ()))

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """The form, which knows who invites."""
        form: Any = super().get_form(request, obj, change, **kwargs)
        form.by, form.by_superuser = actor(request), request.user.is_superuser  # a class made for this request
        return form

    def lead(self, request: HttpRequest) -> str:
        """That two are needed, what each is shown, and who the other may be."""
        able = colleagues(request.user.pk, MAY_INVITE)
        return str(in_one(INVITATION_LEAD, approvers_in_words(able)))

    def save_model(self, request: HttpRequest, obj: Invitation, form: Any, change: bool) -> None:
        what: dict[str, Any] = {"role": obj.role, "partner": obj.partner, "recipient": obj.recipient}
        obj.access_request = requests.ask_invitation(by=actor(request), **what)  # type: ignore[attr-defined]

    def log_addition(self, request: HttpRequest, obj: Invitation, message: Any) -> Any:
        """Log nothing: nothing is added yet, and the audit holds the request."""

    def response_add(self, request: HttpRequest, obj: Invitation, post_url_continue: str | None = None) -> HttpResponse:
        """The page with the second code."""
        return second_codes_page(request, [obj.access_request], [])  # type: ignore[attr-defined]

    @admin.action(description=say("Træk tilbage nu", "Revoke now"), permissions=["invite"])
    def revoke(self, request: HttpRequest, queryset: QuerySet[Invitation]) -> None:
        """End the chosen invitations."""
        for invitation in queryset:
            invitations.revoke(by=actor(request), invitation=invitation)
        messages.success(request, say("Trukket tilbage.", "Revoked."))
