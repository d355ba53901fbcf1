"""Django's registration of the app."""

from django.apps import AppConfig


class PartnersConfig(AppConfig):
    """Who may submit and what they may do."""

    name = "partners"

    def ready(self) -> None:
        """Register the checks."""
        from partners import checks  # noqa: F401 (registering is its effect)
