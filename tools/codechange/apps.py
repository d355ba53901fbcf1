"""Django's registration of the app."""

from django.apps import AppConfig


class CodechangeConfig(AppConfig):
    """Changing a code list: check, record, migrate."""

    name = "tools.codechange"
