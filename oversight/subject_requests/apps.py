"""Django's registration of the app."""

from django.apps import AppConfig

from core import refusals
from core.constraint_words import set_messages
from core.text import lazily, name
from oversight.subject_requests.refusals import REFUSALS
from oversight.subject_requests.words import CONSTRAINTS, FIELDS, MODELS, REGISTER


class SubjectRequestsConfig(AppConfig):
    """The register of persons' requests."""

    name = "oversight.subject_requests"
    verbose_name = lazily(REGISTER)

    def ready(self) -> None:
        """Name things in the reader's language, and say what the database refuses."""
        name(self.label, MODELS, FIELDS)
        set_messages(self.label, CONSTRAINTS)
        refusals.add(REFUSALS)
