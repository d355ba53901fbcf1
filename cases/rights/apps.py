"""Django's registration of the app."""

from django.apps import AppConfig


class RightsConfig(AppConfig):
    """What is held about a person, and erasing it."""

    name = "cases.rights"
