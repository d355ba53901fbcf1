"""Django's registration of the app."""

from django.apps import AppConfig

from cases.international.refusals import REFUSALS
from cases.international.words import FIELDS, INTERNATIONAL, MODELS
from cases.statistics import sent_abroad
from partners import refusals
from partners.text import lazily, name


class InternationalConfig(AppConfig):
    """Files for international organisations."""

    name = "cases.international"
    verbose_name = lazily(INTERNATIONAL)

    def ready(self) -> None:
        """Name things in the reader's language, and tell the audit of releases what was sent."""
        name(self.label, MODELS, FIELDS)
        refusals.add(REFUSALS)
        sent_abroad.FIGURES.append("cases.international.elsewhere.figures")
        sent_abroad.YEARS.append("cases.international.elsewhere.years")
