"""Django's registration of the app."""

from django.apps import AppConfig

from core import refusals
from oversight.rights.refusals import REFUSALS


class RightsConfig(AppConfig):
    """Producing and erasing a person's data."""

    name = "oversight.rights"

    def ready(self) -> None:
        """Say what the database refuses."""
        refusals.add(REFUSALS)
