"""Django's registration of the app."""

from django.apps import AppConfig

from core import refusals
from partners.access.refusals import REFUSALS


class AccessConfig(AppConfig):
    """The app of requests for access."""

    name = "partners.access"

    def ready(self) -> None:
        """Say what the database refuses."""
        refusals.add(REFUSALS)
