"""Django's registration of the app."""

from django.apps import AppConfig


class StaffConfig(AppConfig):
    """The app of the base classes, templates and styles of staff pages."""

    name = "partners.staff"
