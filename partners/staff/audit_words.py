"""The audit in words: what an action is called, and what each detail of it is called.

An app has a module `actions.py`, which is loaded when the program starts, and adds its own, as
`audit_words.add({"case.merge": Text("Sager lagt sammen", "Cases merged")})`.
A test finds every action that the code writes, in Python and in SQL, and fails where one has no words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.utils.formats import date_format

from core.text import Text
from partners.staff.naming import NOTHING, day_of, moment_of, short_name

type Words = Mapping[Any, Text]

ACTIONS: dict[str, Text] = {}
DETAILS: dict[str, Text] = {}
# By the name of a detail: its codes in words.
VALUES: dict[str, dict[str, Text]] = {}
# The actions by which somebody at the centre was shown the records of a person.
LOOKS: set[str] = set()
# The actions whose details are numbers of many kinds of rows. A sentence leaves out the kinds of which there were none.
SPARSE: set[str] = set()
MONTH, DAY = re.compile(r"\d{4}-\d{2}", re.ASCII), re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T", re.ASCII)
YES, NO = Text("ja", "yes"), Text("nej", "no")


def add(
    actions: Words,
    details: Words | None = None,
    values: Mapping[str, Words] | None = None,
    *,
    looks: Iterable[str] = (),
    sparse: Iterable[str] = (),
) -> None:
    """Add the actions of a room, the names of their details, and the codes of these.

    `looks`: those of the actions by which somebody was shown the records of a person. `sparse`: those that count many kinds.
    Raises `ValueError` for an action that is there, and for a detail or a code that has other words there.
    """
    if actions_twice := sorted(actions.keys() & ACTIONS.keys()):
        raise ValueError(f"Two rooms have words for {', '.join(actions_twice)}")
    refuse_other_words(DETAILS, details or {})
    for name, words in (values or {}).items():
        refuse_other_words(VALUES.get(name, {}), words)
    ACTIONS.update(actions)
    DETAILS.update(details or {})
    for name, words in (values or {}).items():
        VALUES.setdefault(name, {}).update({str(code): text for code, text in words.items()})
    LOOKS.update(looks)
    SPARSE.update(sparse)


def refuse_other_words(present: Words, added: Words) -> None:
    """Raise `ValueError` where two rooms call one thing by two names: the later one would win, silently."""
    if differing := sorted(str(name) for name in present.keys() & added.keys() if present[name] != added[name]):
        raise ValueError(f"Two rooms have different words for {', '.join(differing)}")


def words_of_action(action: str) -> Text:
    """What an action is called. One of an earlier program, which has no words any more, is called by its code."""
    return ACTIONS.get(action, Text(action, action))


def words_of_detail(name: str) -> Text:
    plain = name.replace("_", " ")
    return DETAILS.get(name, Text(plain, plain))


def value_in_words(name: str, value: Any) -> str:
    """The value of a detail: codes by their words (also several in one text), lists and members one by one, ids by eight digits."""
    match value:
        case bool():
            return str(YES if value else NO)
        # The pattern of an empty dictionary is that of every dictionary.
        case _ if value in (None, "", [], {}):
            return NOTHING
        case list():
            return ", ".join(value_in_words(name, each) for each in value)
        case dict():
            return "; ".join(f"{words_of_detail(key)}: {value_in_words(key, each)}" for key, each in value.items())
        case str() if all(each in VALUES.get(name, {}) for each in value.split(",")):
            return " × ".join(str(VALUES[name][each]) for each in value.split(","))
    return time_in_words(value) or short_name(value)


def time_in_words(value: Any) -> str | None:
    """A month, a day or a moment as people read it, where a detail has it as machines write it; None for anything else."""
    text = str(value)
    try:
        if MONTH.fullmatch(text):
            return date_format(date.fromisoformat(f"{text}-01"), "YEAR_MONTH_FORMAT")
        if DAY.fullmatch(text):
            return day_of(date.fromisoformat(text))
        return moment_of(datetime.fromisoformat(text)) if MOMENT.match(text) else None
    except ValueError:
        return None


def details_in_words(detail: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Every detail of an event with its name."""
    return [(str(words_of_detail(name)), value_in_words(name, value)) for name, value in detail.items()]
