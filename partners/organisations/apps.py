"""Django's registration of the app."""

from django.apps import AppConfig

from core import refusals
from core.constraint_words import set_messages
from core.text import lazily, name
from partners.organisations.refusals import REFUSALS
from partners.organisations.words import CONSTRAINTS, FIELDS, MODELS, ORGANISATIONS


class OrganisationsConfig(AppConfig):
    """The life of organisations: agreement, names, mandates, successions."""

    name = "partners.organisations"
    verbose_name = lazily(ORGANISATIONS)

    def ready(self) -> None:
        """Set the names of models and fields, and say what the database refuses."""
        name(self.label, MODELS, FIELDS)
        set_messages(self.label, CONSTRAINTS)
        refusals.add(REFUSALS)
        from partners.organisations import tasks  # noqa: F401 (the tasks are known once it is imported)
