"""Texts in both languages of the service: the words of the pages, and the names that the staff pages give to what is stored.

As decision 0001 has it, the two stand side by side where they are used, so that none is forgotten.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from django.apps import apps
from django.utils.functional import lazy
from django.utils.translation import get_language, override

UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.ASCII)


class Text(NamedTuple):
    """One text in the two languages of the service. Called with a language it is in that one; as a `str` it is in the reader's."""

    da: str
    en: str

    @property
    def do_not_call_in_templates(self) -> bool:
        """Templates of Django call what can be called; this they show."""
        return True

    def __call__(self, language: str) -> str:
        """The text in a language: `da`, or English."""
        return self.da if language == "da" else self.en

    def __str__(self) -> str:
        """The text in the language of the reader."""
        return self((get_language() or "")[:2])


def now(words: tuple[str, str]) -> str:
    """A text, Danish and English, in the language of the reader."""
    return str(Text(*words))


def lazily(words: tuple[str, str]) -> Any:
    """A text that is chosen when it is shown."""
    return lazy(now, str)(words)


def say(da: str, en: str) -> Any:
    """The same, of its two languages: for labels, messages and the texts of exceptions."""
    return lazily((da, en))


def short(key: object) -> str:
    """What a page calls a thing that has no name but a UUID: its first eight digits. Anything else is called as it is."""
    text = str(key)
    return text[:8] if UUID.fullmatch(text) else text


class Named(NamedTuple):
    """What staff call a stored thing and several of it, and those of its fields that have another name here than elsewhere."""

    one: Text
    many: Text
    fields: Mapping[str, Text] = {}


def name(app: str, models: Mapping[str, Named], fields: Mapping[str, Text]) -> None:
    """Give the models of an app, and their fields, their names.

    They are set on the loaded classes and not in them: the names of things are no part of the schema, nor of its migrations.
    """
    for model in apps.get_app_config(app).get_models():
        named = models.get(model._meta.model_name or "")
        if named:
            model._meta.verbose_name, model._meta.verbose_name_plural = lazily(named.one), lazily(named.many)
        for field in model._meta.fields:
            said = (named.fields if named else {}).get(field.name) or fields.get(field.name)
            field.verbose_name = lazily(said) if said else field.verbose_name


def both(text: object) -> str:
    """A text in both languages, Danish first, for what is stored and read later by whoever; once where the two are the same."""
    said = []
    for language in ("da", "en"):
        with override(language):
            said.append(str(text))
    return " / ".join(dict.fromkeys(said))
