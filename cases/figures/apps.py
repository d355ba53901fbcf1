"""Django's registration of the app."""

from django.apps import AppConfig

from cases.figures.words import DRAW_CHARTS, FIELDS, FIGURES, MODELS
from partners import jobs
from partners.text import lazily, name


class FiguresConfig(AppConfig):
    """Charts of figures, and the pictures that are kept of what was published."""

    name = "cases.figures"
    verbose_name = lazily(FIGURES)

    def ready(self) -> None:
        """Name things in the reader's language."""
        name(self.label, MODELS, FIELDS)
        paint = jobs.task("charts.paint", queue=jobs.UPKEEP, words=DRAW_CHARTS, every=jobs.EVERY_MINUTE, priority=2)
        paint("cases.figures.painter.draw_what_is_published")
