"""Django's registration of the app."""

from django.apps import AppConfig

from core.text import lazily, name
from partners.jobs.words import JOBS, MODELS


class JobsConfig(AppConfig):
    """Work in the background."""

    name = "partners.jobs"
    verbose_name = lazily(JOBS)

    def ready(self) -> None:
        """Name things in the reader's language."""
        name(self.label, MODELS, {})
