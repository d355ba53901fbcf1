"""Django's registration of the app."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class StaffConfig(AppConfig):
    """The app of the base classes, templates and styles of staff pages."""

    name = "partners.staff"

    def ready(self) -> None:
        """Load what each room says of itself: what waits, what its audit actions are called, and what it tells of a partner."""
        autodiscover_modules("waiting", "actions", "partner_page")
