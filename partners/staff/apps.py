"""Django's registration of the app."""

from django.apps import AppConfig


class StaffConfig(AppConfig):
    """What all staff pages are made of."""

    name = "partners.staff"
