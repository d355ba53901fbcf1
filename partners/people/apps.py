"""Django's registration of the app."""

from django.apps import AppConfig

from partners.constraint_words import set_messages
from partners.people.words import MODELS, PEOPLE
from partners.staff.words import FIELDS
from partners.text import lazily, name


class PeopleConfig(AppConfig):
    """People of partners: invitations, sessions, factors."""

    name = "partners.people"
    verbose_name = lazily(PEOPLE)

    def ready(self) -> None:
        """Set the names of models and fields."""
        name(self.label, MODELS, FIELDS)
        set_messages(self.label)
