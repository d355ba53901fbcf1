"""Django's registration of the app."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """HTTP only: routes, serializers built from the dictionary, problems, formats."""

    name = "api"
