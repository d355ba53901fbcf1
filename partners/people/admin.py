"""Admin screens of roles. Those of members and invitations are in `partners.access`, because they ask for access."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from core.text import say
from partners.people.rights import name_of, rights_in_words, shows_records
from partners.roles import ROLE_WORDS, STAFF_ROLES
from partners.staff.audit_words import NO, YES
from partners.staff.links import column
from partners.staff.naming import NOTHING, lines_of
from partners.staff.screens import ReadOnly

# The library's screens: addresses that nobody has, and factors, which are for their person alone.
for model in (EmailAddress, EmailConfirmation, Authenticator, Group):
    if admin.site.is_registered(model):
        admin.site.unregister(model)


@admin.register(Group)
class RoleAdmin(ReadOnly):
    """Roles of staff, and who has them. They change in `partners/roles.py` and by `manage.py roles sync`."""

    list_display = ("title", "about", "records", "people")
    fields = (*list_display, "may")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Group]:
        """The roles with their permissions, and with the people who have them and can sign in."""
        people = Prefetch("user_set", User.objects.filter(is_active=True).order_by("username"), to_attr="people")
        return super().get_queryset(request).prefetch_related("permissions__content_type", people)

    def heading(self, row: Group) -> str:
        return str(self.title(row))

    title = column(say("rolle", "role"), lambda role: str(ROLE_WORDS.get(role.name, role.name)), ordering="name")
    # The purpose of the role; nothing for another group.
    about = column(
        say("formål", "what it is for"),
        lambda role: str(STAFF_ROLES[role.name].about) if role.name in STAFF_ROLES else NOTHING,
    )

    @admin.display(description=say("ser oplysninger om personer", "sees records of persons"))
    def records(self, role: Group) -> str:
        """Whether its pages show records of persons."""
        return str(YES if shows_records(name_of(each) for each in role.permissions.all()) else NO)

    @admin.display(description=say("brugere, der har den", "people who have it"))
    def people(self, role: Any) -> SafeString | str:
        """Who has it, each with the way to when it was given and by whom."""
        rows = [(reverse("admin:auth_user_change", args=[each.pk]), str(each)) for each in role.people]
        return format_html_join("", '<div><a href="{}">{}</a></div>', rows) or NOTHING

    may = column(say("rettigheder", "may"), lambda role: lines_of(rights_in_words(role.permissions.all())))
