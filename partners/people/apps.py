"""Django's registration of the app of people."""

from __future__ import annotations

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """People: names, invitations, sessions, factors."""

    name = "partners.people"

    def ready(self) -> None:
        """Set what pages call a person: Django's own lists, forms and choices ask `str`."""
        from django.contrib.auth.models import User  # once the models are loaded

        from partners.people.names import name_of

        User.add_to_class("__str__", name_of)
