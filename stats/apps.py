"""Django's registration of the app of releases."""

from __future__ import annotations

from django.apps import AppConfig


class StatisticsConfig(AppConfig):
    """Releases: what is counted, protected and published. A module of Python's library is called `statistics`."""

    name = "stats"
    label = "statistics"
