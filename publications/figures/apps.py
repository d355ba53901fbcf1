"""Django's registration of the app."""

from django.apps import AppConfig

from core.text import lazily, name
from partners import jobs
from publications.figures.words import DRAW_CHARTS, FIELDS, FIGURES, MODELS


class FiguresConfig(AppConfig):
    """Charts of figures, and the pictures that are kept of what was published."""

    name = "publications.figures"
    verbose_name = lazily(FIGURES)

    def ready(self) -> None:
        """Name things in the reader's language."""
        name(self.label, MODELS, FIELDS)
        paint = jobs.task("charts.paint", queue=jobs.UPKEEP, words=DRAW_CHARTS, every=jobs.EVERY_MINUTE, priority=2)
        paint("publications.figures.painter.draw_what_is_published")
