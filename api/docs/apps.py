"""Django's registration of the app, so that its templates and static files are found."""

from django.apps import AppConfig


class DocsConfig(AppConfig):
    """Pages; no models."""

    name = "api.docs"
    label = "docs"
