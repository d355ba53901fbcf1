"""Django's registration of the app."""

from django.apps import AppConfig

from core.constraint_words import set_messages
from core.text import lazily, name
from partners.people.words import MODELS, PEOPLE
from partners.staff.words import FIELDS


class PeopleConfig(AppConfig):
    """People: names, invitations, sessions, factors."""

    name = "partners.people"
    verbose_name = lazily(PEOPLE)

    def ready(self) -> None:
        """Set the names of models and fields, and what pages call a person: Django's own lists, forms and choices ask `str`."""
        from django.contrib.auth.models import User  # once the models are loaded

        from partners.people.names import name_of

        User.add_to_class("__str__", name_of)
        name(self.label, MODELS, FIELDS)
        set_messages(self.label)
