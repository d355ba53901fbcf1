"""Django's registration of the app."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """What two members of staff want together."""

    name = "partners.access"
