"""Texts in both languages of the service, Danish and English side by side, so that neither is forgotten (decision 0001).

And what is short in them: identifiers by their first characters, and finding a thing again by these.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple
from uuid import UUID

from django.apps import apps
from django.utils.functional import lazy
from django.utils.translation import get_language, override

# So many digits a number in the database has not: one that counts what staff and people do, and one that counts what clients do.
MOST_DIGITS, MOST_DIGITS_OF_LONG = 10, 19
UUID_FORM = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.ASCII)


class Text(NamedTuple):
    """One text in two languages. A call gives it in one language, `str` in the reader's."""

    da: str
    en: str

    @property
    def do_not_call_in_templates(self) -> bool:
        """True: a template shows the text, which it would otherwise call."""
        return True

    def __call__(self, language: str) -> str:
        """The text in a language: `da`, or English."""
        return self.da if language == "da" else self.en

    def __str__(self) -> str:
        """The text in the language of the reader."""
        return self((get_language() or "")[:2])


NO_TEXT = Text("", "")


def in_quotes(name: str, language: str) -> str:
    """A name in the quotation marks of a language."""
    return f"»{name}«" if language == "da" else f"“{name}”"


def in_one(*texts: Text) -> Text:
    """Texts behind each other."""
    return Text(*(" ".join(text(language) for text in texts) for language in Text._fields))


def with_label(label: Text, value: object) -> Text:
    """A value behind its label: `År: 2025`."""
    return Text(
        *(f"{label(each)}: {value(each) if isinstance(value, Text) else value}" for each in Text._fields),
    )


def lazily(words: tuple[str, str]) -> Any:
    """A text as a `str` of Django's that chooses its language when it is shown: for names, labels and messages."""
    return lazy(str, str)(Text(*words))


def say(da: str, en: str) -> Any:
    """The same for a text that is written where it is used."""
    return lazily(Text(da, en))


def in_digits(number: int) -> Text:
    """A whole number within a sentence, its thousands apart as a language has them: `99.999` in Danish, `99,999` in English."""
    return Text(f"{number:,}".replace(",", "."), f"{number:,}")


def number_in(text: str, digits: int = MOST_DIGITS) -> int | None:
    """The number that a form or an address names; None for anything else, and for as many digits as the database does not count."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < digits else None


def short(key: object) -> str:
    """The name of a thing on a page: the first eight digits of a UUID, anything else as it is."""
    text = str(key)
    return text[:8] if UUID_FORM.fullmatch(text) else text


class ModelNames(NamedTuple):
    """The names of a model, one and many, and of those of its fields that have another name than elsewhere."""

    one: Text
    many: Text
    fields: Mapping[str, Text] = {}


def name(app: str, models: Mapping[str, ModelNames], fields: Mapping[str, Text]) -> None:
    """Set the names of an app's models and of their fields.

    They are set on the loaded classes, so that no migration holds a text.
    """
    for model in apps.get_app_config(app).get_models():
        names = models.get(model._meta.model_name or "")
        if names:
            model._meta.verbose_name, model._meta.verbose_name_plural = lazily(names.one), lazily(names.many)
        for field in model._meta.fields:
            words = (names.fields if names else {}).get(field.name) or fields.get(field.name)
            field.verbose_name = lazily(words) if words else field.verbose_name


def both(text: object) -> str:
    """A text in both languages, to be stored for later readers: a line of Danish, then one of English.

    It is one line where the two are the same.
    """
    lines = []
    for language in Text._fields:
        with override(language):
            lines.append(" ".join(str(text).split()))
    return "\n".join(dict.fromkeys(lines))


def of_both(stored_text: str) -> Text:
    """A text that was stored in both languages."""
    lines = stored_text.split("\n")
    return Text(lines[0], lines[-1])


def one_of(stored_text: str) -> str:
    """A text that was stored in both languages, in the language of the reader."""
    return str(of_both(stored_text))


BEGINNING = re.compile(r"([0-9a-f]{8})(?:…|\.\.\.)?", re.ASCII)


def range_of(text: str) -> tuple[UUID, UUID] | None:
    """The least and the greatest identifier that lists show so; None where the text is no such beginning."""
    match = BEGINNING.fullmatch(text.strip().lower())
    return (UUID(match[1] + "0" * 24), UUID(match[1] + "f" * 24)) if match else None
