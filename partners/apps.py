"""Django's registration of the app of organisations, their clients, and what each may do."""

from __future__ import annotations

from django.apps import AppConfig, apps

from core.text import lazily, name


class PartnersConfig(AppConfig):
    """The words of this room stand with the staff's pages."""

    name = "partners"
    words = "staff.words"

    def ready(self) -> None:
        """Name what is Django's."""
        from partners.staff.words import OF_DJANGO, USERS_AND_ROLES

        name("auth", OF_DJANGO, {})
        apps.get_app_config("auth").verbose_name = lazily(USERS_AND_ROLES)
