"""Django's registration of the app."""

from django.apps import AppConfig

from cases.words import FIELDS
from core import refusals
from core.constraint_words import set_messages
from core.text import lazily, name
from oversight.returns.words import CONSTRAINTS, MODELS, REFUSALS, RETURNS


class ReturnsConfig(AppConfig):
    """Referrals that the centre returns to their partners."""

    name = "oversight.returns"
    verbose_name = lazily(RETURNS)

    def ready(self) -> None:
        """Name things in the reader's language, and say what the database refuses."""
        name(self.label, MODELS, FIELDS)
        set_messages(self.label, CONSTRAINTS)
        refusals.add(REFUSALS)
