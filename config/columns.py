"""The column classes of all our apps, joined from the `columns.py` of each.

The risk of a field of the dictionary is the dictionary's. Tests hold this against the models and against the database's triggers.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from types import ModuleType

from django.apps import apps

from partners.risks import Risk

PACKAGES = {"partners", "cases", "api"}


def ours() -> tuple[str, ...]:
    """The labels of our own apps."""
    return tuple(app.label for app in apps.get_app_configs() if app.name.partition(".")[0] in PACKAGES)


def _classes() -> Iterator[ModuleType]:
    """`columns.py` of each app that has tables."""
    for label in ours():
        app = apps.get_app_config(label)
        if any(app.get_models()):
            yield import_module(f"{app.name}.columns")


COLUMNS: dict[str, dict[str, Risk]] = {label: risks for app in _classes() for label, risks in app.COLUMNS.items()}
# Refused by trigger: UPDATE and DELETE, but for what the words of the trigger allow. `henvis_append_only` says what they mean: a
# column is set from null once, an erasure or a purge deletes a row, an erasure changes a column.
APPEND_ONLY: dict[str, tuple[str, ...]] = {label: but for app in _classes() for label, but in app.APPEND_ONLY.items()}
MUTABLE = frozenset(label for app in _classes() for label in app.MUTABLE)
# In the schema `build`, which the web server's role cannot enter. All else is in `public`, and granted table by table.
BUILD = frozenset(label for app in _classes() for label in app.BUILD)
