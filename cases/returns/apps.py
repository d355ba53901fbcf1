"""Django's registration of the app."""

from django.apps import AppConfig

from cases.returns.words import CONSTRAINTS, MODELS, REFUSALS, RETURNS
from cases.words import FIELDS
from partners import refusals
from partners.constraint_words import set_messages
from partners.text import lazily, name


class ReturnsConfig(AppConfig):
    """Referrals that the centre returns to their partners."""

    name = "cases.returns"
    verbose_name = lazily(RETURNS)

    def ready(self) -> None:
        """Name things in the reader's language, and say what the database refuses."""
        name(self.label, MODELS, FIELDS)
        set_messages(self.label, CONSTRAINTS)
        refusals.add(REFUSALS)
