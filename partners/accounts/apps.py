"""Django's registration of the app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Accounts of the centre's staff."""

    name = "partners.accounts"
