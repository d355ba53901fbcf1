"""Django's registration of the app."""

from django.apps import AppConfig

from partners.jobs.words import JOBS, MODELS
from partners.text import lazily, name


class JobsConfig(AppConfig):
    """Work in the background."""

    name = "partners.jobs"
    verbose_name = lazily(JOBS)

    def ready(self) -> None:
        """Name things in the reader's language."""
        name(self.label, MODELS, {})
