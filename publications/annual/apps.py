"""Django's registration of the app of annual reports."""

from __future__ import annotations

from django.apps import AppConfig


class AnnualConfig(AppConfig):
    """The words of this room stand with the staff's pages."""

    name = "publications.annual"
    words = "staff.words"
