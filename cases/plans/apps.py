"""Django's registration of the app."""

from django.apps import AppConfig

from cases.plans.refusals import REFUSALS
from cases.plans.words import CONSTRAINTS, FIELDS, MODELS, PLANS_OF_ACTION
from partners import refusals
from partners.constraint_words import set_messages
from partners.text import lazily, name


class PlansConfig(AppConfig):
    """National action plans."""

    name = "cases.plans"
    verbose_name = lazily(PLANS_OF_ACTION)

    def ready(self) -> None:
        """Name things in the reader's language."""
        name(self.label, MODELS, FIELDS)
        set_messages(self.label, CONSTRAINTS)
        refusals.add(REFUSALS)
