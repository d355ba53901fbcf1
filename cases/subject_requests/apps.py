"""Django's registration of the app."""

from django.apps import AppConfig

from cases.subject_requests.refusals import REFUSALS
from cases.subject_requests.words import CONSTRAINTS, FIELDS, MODELS, REGISTER
from partners import refusals
from partners.constraint_words import set_messages
from partners.text import lazily, name


class SubjectRequestsConfig(AppConfig):
    """The register of persons' requests."""

    name = "cases.subject_requests"
    verbose_name = lazily(REGISTER)

    def ready(self) -> None:
        """Name things in the reader's language, and say what the database refuses."""
        name(self.label, MODELS, FIELDS)
        set_messages(self.label, CONSTRAINTS)
        refusals.add(REFUSALS)
