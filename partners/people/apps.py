"""Django's registration of the app."""

from django.apps import AppConfig

from partners.constraint_words import speak
from partners.people.words import MODELS, PEOPLE
from partners.staff.words import FIELDS
from partners.text import lazily, name


class PeopleConfig(AppConfig):
    """People of partners: invitations, sessions, factors."""

    name = "partners.people"
    verbose_name = lazily(PEOPLE)

    def ready(self) -> None:
        """Name things in the reader's language."""
        name(self.label, MODELS, FIELDS)
        speak(self.label)
