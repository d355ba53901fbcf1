"""The admin screen of staff: their accounts and their roles."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import UserChangeForm
from django.contrib.auth.models import Group, User
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from partners import audit
from partners.people import invitations, members, sessions
from partners.people.members import MemberRefused
from partners.people.models import Membership
from partners.roles import ROLE_WORDS, STAFF_ROLES
from partners.staff.screens import Screen, actor
from partners.staff.words import USER_HELPS
from partners.text import say

ROLES = say("Roller", "Roles")


class StaffForm(UserChangeForm):
    """An account of the centre or of a partner. The database never lets it be both."""

    password = None  # type: ignore[assignment]

    def clean(self) -> dict[str, Any]:
        """Refuse rights at the centre for a person of a partner, and an account that its partner has deactivated."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("is_active") and not User.objects.filter(pk=self.instance.pk, is_active=True).exists():
            try:
                members.check(self.by, self.instance, active=True)  # type: ignore[attr-defined]
            except MemberRefused as refusal:
                raise forms.ValidationError(str(refusal)) from None
        is_staff_now = data.get("is_staff") or data.get("is_superuser")
        if is_staff_now and Membership.objects.filter(user=self.instance).exists():
            raise forms.ValidationError(
                say(
                    "En bruger hos en partner kan ikke også være medarbejder i centret.",
                    "A person of a partner cannot be staff of the centre too.",
                )
            )
        return data


class RoleField(forms.ModelMultipleChoiceField):
    """A choice of roles by their titles."""

    def label_from_instance(self, obj: Group) -> str:
        """The role's title."""
        return str(ROLE_WORDS.get(obj.name, obj.name))


class RoleFilter(admin.SimpleListFilter):
    """Staff of one role."""

    title = say("rolle", "role")
    parameter_name = "role"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The roles."""
        return [(name, str(role.title)) for name, role in STAFF_ROLES.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[User]) -> QuerySet[User]:
        """The users who have the role."""
        return queryset.filter(groups__name=self.value()) if self.value() in STAFF_ROLES else queryset


# A right that no role has would be one that no table tells of; and a password that another sets is an account that another uses.
HIDDEN = {"user_permissions", "password"}

# An audit row names who acted as the account is called now: whoever changed that could give an act to a colleague.
KNOWN_BY = ("username", "last_login", "date_joined")


def without_hidden(fields: Iterable[Any]) -> tuple[Any, ...]:
    """Fields without single permissions and passwords."""
    return tuple(field for field in fields if field not in HIDDEN)


class StaffAdmin(Screen, UserAdmin):
    """Staff users, who are switched off and never deleted: what they did carries their name.

    Only a superuser gives rights, which are roles: otherwise the right to change a user would be the right to everything. Accounts
    begin and come back by invitations, which take two: whoever made an account alone, or set its password, would be two people.
    """

    form = StaffForm
    fieldsets = tuple(
        (title, {"fields": without_hidden(options["fields"])}) for title, options in UserAdmin.fieldsets or ()
    )
    list_filter = ("is_staff", "is_superuser", "is_active", RoleFilter)
    filter_horizontal = ()
    helps = USER_HELPS

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def get_form(self, request: HttpRequest, obj: User | None = None, change: bool = False, **kwargs: Any) -> Any:
        """The form, which knows who edits."""
        form: Any = super().get_form(request, obj, change=change, **kwargs)
        form.by = actor(request)  # a class made for this request
        return form

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> tuple[str, ...]:
        """The fields that give rights, for everybody but a superuser; and for everybody what the audit knows a person by."""
        return KNOWN_BY if request.user.is_superuser else (*KNOWN_BY, "is_superuser", "is_staff", "groups")

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        """Save with its audit row. Switched off, the person's sessions end, and what invitations are theirs."""
        super().save_model(request, obj, form, change)
        if not obj.is_active:
            sessions.end(obj.pk)
            invitations.revoke_of(by=actor(request), user=obj)
        rights = {"active": obj.is_active, "staff": obj.is_staff, "superuser": obj.is_superuser}
        audit.record(by=actor(request), action="person.change", subject=str(obj.pk), **rights)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Save the roles, and write down which they are where they were given or taken."""
        super().save_related(request, form, formsets, change)
        if "groups" in form.changed_data:
            names = sorted(form.instance.groups.values_list("name", flat=True))
            audit.record(by=actor(request), action="person.roles", subject=str(form.instance.pk), roles=names)

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Roles by their titles."""
        words = {"label": ROLES, "help_text": "", "widget": forms.CheckboxSelectMultiple}
        options = {"form_class": RoleField, **words} if db_field.name == "groups" else {}
        return super().formfield_for_manytomany(db_field, request, **{**options, **kwargs})

    def user_change_password(self, request: HttpRequest, id: str, form_url: str = "") -> HttpResponse:  # noqa: A002 (Django's name)
        raise PermissionDenied

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Nobody but a superuser changes a superuser, whose password would be theirs then."""
        over = obj is not None and obj.is_superuser and not request.user.is_superuser
        return not over and super().has_change_permission(request, obj)


admin.site.unregister(User)
admin.site.register(User, StaffAdmin)
