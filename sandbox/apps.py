"""Django's registration of the app."""

from django.apps import AppConfig


class SandboxConfig(AppConfig):
    """Invented records for the demo and the tests."""

    name = "sandbox"
