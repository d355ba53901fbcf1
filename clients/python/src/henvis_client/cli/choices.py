"""The answers to choose from, by number, code and label, in either language and any case."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from henvis_client.cli import batch_words as w
from henvis_client.client import Client
from henvis_client.errors import UsageError
from henvis_client.questions import COLUMN, DATE, DAY_FIRST, DB07, DB25, EDITION, MONTH_FIRST, Question
from henvis_client.texts import LANGUAGES, Text

ORDERS = {DAY_FIRST: w.DAY_FIRST, MONTH_FIRST: w.MONTH_FIRST}
EDITIONS = {DB07: w.DB07, DB25: w.DB25}
# What has its own answers, and no codes of the dictionary.
OWN = {DATE: ORDERS, EDITION: EDITIONS}
# So many are shown.
MOST_OFFERS = 12
YES = frozenset({"j", "ja", "y", "yes"})
Labels = Mapping[str, Sequence[str]]


def code_among(labels: Mapping[str, str], text: str, code: str, refusal: Text) -> str:
    """The code that was typed, in any case, or its label. Raises `UsageError` of a code with the choices."""
    names = {name.casefold(): each for each, label in labels.items() for name in (label, each)}
    if text.strip().casefold() not in names:
        raise UsageError(code, refusal, reasons=in_words(labels))
    return names[text.strip().casefold()]


def in_words(labels: Mapping[str, str]) -> str:
    """Codes with their labels, to choose from."""
    return "; ".join(f"{code} ({label})" for code, label in labels.items())


@dataclass(frozen=True, slots=True)
class Dictionaries:
    """The members of a row by language, as the template's JSON Schema has them."""

    members: Mapping[str, Mapping[str, Mapping[str, Any]]]

    @classmethod
    def read(cls, client: Client) -> Self:
        """Those of the day."""
        schemas = {each: json.loads(client.template(form="schema.json", language=each)) for each in LANGUAGES}
        return cls({each: schema["$defs"]["referral"]["properties"] for each, schema in schemas.items()})

    def field(self, name: str, language: str) -> str:
        """The label of a field."""
        return str(self.members.get(language, {}).get(name, {}).get("title") or name)

    def label(self, name: str, code: str, language: str) -> str:
        """The label of a code; empty where it has none."""
        labels = self.codes(name).get(code) or ()
        return labels[LANGUAGES.index(language)] if len(labels) == len(LANGUAGES) else ""

    def fields(self) -> Labels:
        """The fields, each with its labels."""
        return {name: [self.field(name, each) for each in self.members] for name in self.members.get(LANGUAGES[0], {})}

    def codes(self, name: str) -> Labels:
        """The codes of a field, each with its labels."""
        labels: dict[str, list[str]] = {}
        for members in self.members.values():
            member = members.get(name, {})
            for code in next((each["items"]["enum"] for each in member.get("anyOf", ()) if "items" in each), ()):
                labels.setdefault(code, [])
            for each in member.get("oneOf", ()):
                labels.setdefault(each["const"], []).append(each["title"])
        return labels


@dataclass(frozen=True, slots=True)
class Choices:
    """The answers to one question. `offer`: those that are shown, the guess first. `labels`: all, each in both languages."""

    offer: tuple[str, ...]
    labels: Labels
    language: str
    guess: str | None = None
    shows_codes: bool = True

    @classmethod
    def of(cls, question: Question, dictionaries: Dictionaries, language: str) -> Self:
        """Those of a question."""
        if question.kind in OWN:
            labels: Labels = {name: list(text) for name, text in OWN[question.kind].items()}
        elif question.kind == COLUMN:
            labels = dictionaries.fields()
        else:
            labels = dictionaries.codes(question.field or "")
        options = question.options or (tuple(labels) if len(labels) <= MOST_OFFERS else ())
        offer = tuple(dict.fromkeys([*([question.guess] if question.guess else []), *options]))[:MOST_OFFERS]
        return cls(offer, {**dict.fromkeys(offer, ()), **labels}, language, question.guess, question.kind not in OWN)

    def label(self, choice: str) -> str:
        """An answer as it is shown: the code and its label."""
        labels = self.labels.get(choice) or ()
        label = labels[LANGUAGES.index(self.language)] if len(labels) == len(LANGUAGES) else ""
        if not self.shows_codes:
            return label or choice
        return f"{choice} {label}".strip()

    def matches(self, answer: str) -> list[str]:
        """What an answer may mean: a number, a code or a label; yes for the guess; or how a word of a label begins."""
        text = " ".join(answer.casefold().split())
        if text.isdecimal() and 1 <= int(text) <= len(self.offer):
            return [self.offer[int(text) - 1]]
        names = {
            choice: {each.casefold() for each in (choice, *labels, self.label(choice))}
            for choice, labels in self.labels.items()
        }
        exact = [choice for choice, each in names.items() if text in each]
        if not exact and text in YES and self.guess:
            return [self.guess]
        return exact or [choice for choice, each in names.items() if any(f" {text}" in f" {name}" for name in each)]
