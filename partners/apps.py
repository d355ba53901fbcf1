"""Django's registration of the app of organisations, their clients, and what each may do."""

from __future__ import annotations

from django.apps import AppConfig, apps
from django.core.checks import Tags, register

from core.checks import pepper_is_long
from core.text import lazily, name


class PartnersConfig(AppConfig):
    """The words of this room stand with the staff's pages."""

    name = "partners"
    words = "staff.words"

    def ready(self) -> None:
        """Register the check, and name what is Django's."""
        from partners.staff.words import OF_DJANGO, USERS_AND_ROLES

        register(pepper_is_long, Tags.security, deploy=True)
        name("auth", OF_DJANGO, {})
        apps.get_app_config("auth").verbose_name = lazily(USERS_AND_ROLES)
