"""Django's registration of the app."""

from django.apps import AppConfig

from cases.figures.words import FIELDS, FIGURES, MODELS
from partners.text import lazily, name


class FiguresConfig(AppConfig):
    """Charts of figures, and the pictures that are kept of what was published."""

    name = "cases.figures"
    verbose_name = lazily(FIGURES)

    def ready(self) -> None:
        """Name things in the reader's language."""
        name(self.label, MODELS, FIELDS)
