"""Admin screens of roles. Those of members and invitations are in `partners.access`, because they ask for access."""

from __future__ import annotations

from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.contrib.auth.models import Group

from partners.roles import ROLE_WORDS, STAFF_ROLES
from partners.staff.screens import ReadOnly
from partners.text import say

# The library's screens: addresses that nobody has, and factors, which are for their person alone.
for model in (EmailAddress, EmailConfirmation, Authenticator, Group):
    if admin.site.is_registered(model):
        admin.site.unregister(model)


@admin.register(Group)
class RoleAdmin(ReadOnly):
    """Roles of staff. They change in `partners/roles.py` and by `manage.py roles sync`."""

    list_display = ("title", "name", "about")
    fields = ("title", "name", "about", "may")

    @admin.display(description=say("rolle", "role"))
    def title(self, role: Group) -> str:
        """The title of the role."""
        return str(ROLE_WORDS.get(role.name, role.name))

    @admin.display(description=say("formål", "what it is for"))
    def about(self, role: Group) -> str:
        """The purpose of the role; empty for another group."""
        return str(STAFF_ROLES[role.name].about) if role.name in STAFF_ROLES else ""

    @admin.display(description=say("rettigheder", "may"))
    def may(self, role: Group) -> str:
        """Its permissions as `app.codename`."""
        permissions_held = role.permissions.values_list("content_type__app_label", "codename").order_by("pk")
        return ", ".join(f"{app}.{codename}" for app, codename in permissions_held)
