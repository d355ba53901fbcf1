"""Django's registration of the app."""

from django.apps import AppConfig

from core import refusals
from core.constraint_words import set_messages
from core.text import lazily, name
from publications.plans.refusals import REFUSALS
from publications.plans.words import CONSTRAINTS, FIELDS, MODELS, PLANS_OF_ACTION


class PlansConfig(AppConfig):
    """National action plans."""

    name = "publications.plans"
    verbose_name = lazily(PLANS_OF_ACTION)

    def ready(self) -> None:
        """Name things in the reader's language."""
        name(self.label, MODELS, FIELDS)
        set_messages(self.label, CONSTRAINTS)
        refusals.add(REFUSALS)
