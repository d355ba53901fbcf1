"""The packages that hold our rooms, and what rooms say of themselves, found by the names of modules when the program starts.

Contracts in `pyproject.toml` say which room knows which.
"""

from __future__ import annotations

from importlib import import_module
from types import ModuleType
from typing import Any

from django.apps import AppConfig, apps
from django.conf import settings
from django.core import checks
from django.core.checks import Tags, register
from django.utils.module_loading import autodiscover_modules, module_has_submodule

from core import refusals
from core.refusals import set_messages
from core.text import lazily, name

# What is above all organisations, of whom every record is.
OF_RECORDS = ("sandbox", "oversight", "publications", "stats", "notices", "cases")
ROOMS = (*OF_RECORDS, "partners", "core")
# Those, and the one beside them that has tables too.
WITH_TABLES = (*ROOMS, "api")


SHORTEST_PEPPER = 32


class CoreConfig(AppConfig):
    """What every room stands on. A room needs no `apps.py` of its own where these modules say all of it.

    `words.py`: `ROOM`, the name of the room, `MODELS` and `FIELDS`, those of its tables, `CONSTRAINTS`, what these refuse, and
    `REFUSALS`, what its functions in the database refuse, unless there are so many of them that `refusals.py` has them.
    `hooks.py`: what it hands to others, such as its tasks. And for the staff's pages `waiting.py`, what waits, `actions.py`, what
    its audit actions are called, and `partner_page.py`, what it tells of a partner.
    """

    name = "core"

    def ready(self) -> None:
        """Name the things of each room in the reader's language, and load what else it says of itself."""
        for room in apps.get_app_configs():
            if room.name.partition(".")[0] in WITH_TABLES:
                name_parts(room)
        autodiscover_modules("hooks", "waiting", "actions", "partner_page")
        register(pepper_is_long, Tags.security, deploy=True)


def name_parts(room: AppConfig) -> None:
    """Name a room, its models and their fields, and say what its constraints and functions refuse.

    Raises `LookupError` for a constraint without words, also in a room that has no `words.py`.
    """
    words = module_of(room, getattr(room, "words", "words"))
    if (title := getattr(words, "ROOM", None)) is not None:
        room.verbose_name = lazily(title)
    name(room.label, getattr(words, "MODELS", {}), getattr(words, "FIELDS", {}))
    set_messages(room.label, getattr(words, "CONSTRAINTS", {}))
    refusals.add(getattr(module_of(room, "refusals") or words, "REFUSALS", {}))


def module_of(room: AppConfig, path: str) -> ModuleType | None:
    """A module of a room, if it has it."""
    package, _, last = f"{room.name}.{path}".rpartition(".")
    return import_module(f"{package}.{last}") if module_has_submodule(import_module(package), last) else None


def pepper_is_long(app_configs: Any = None, **kwargs: Any) -> list[checks.CheckMessage]:
    """The HMAC key of secrets and idempotency keys has 32 characters or more."""
    if len(settings.HENVIS_PEPPER) >= SHORTEST_PEPPER:
        return []
    return [checks.Error(f"HENVIS_PEPPER has fewer than {SHORTEST_PEPPER} characters.", id="henvis.E001")]
