"""Django's registration of the desk."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Pages on which people of a partner report."""

    name = "pages.desk"
    label = "pages_desk"
