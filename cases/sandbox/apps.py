"""Django's registration of the app."""

from django.apps import AppConfig


class SandboxConfig(AppConfig):
    """Invented records."""

    name = "cases.sandbox"
