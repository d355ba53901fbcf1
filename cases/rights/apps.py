"""Django's registration of the app."""

from django.apps import AppConfig

from cases.rights.refusals import REFUSALS
from partners import refusals


class RightsConfig(AppConfig):
    """Producing and erasing a person's data."""

    name = "cases.rights"

    def ready(self) -> None:
        """Say what the database refuses."""
        refusals.add(REFUSALS)
