"""The audit in words: actions and their details, kinds of events, events as sentences, and the operations of reads.

An app has a module `actions.py`, which is loaded when the program starts, and adds its own, as
`audit_words.add({"case.merge": Text("Sager lagt sammen", "Cases merged")})`.
A test finds every action that the code writes, in Python and in SQL, and fails where one has no words.

Kinds are what auditors ask for by one name, where one action is not the whole of it. An operation is what reads records; rooms that
let people or programs read add their words when they start.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Q
from django.utils.formats import date_format

from core.text import Text
from partners.staff import subjects
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


OPERATIONS: dict[str, Text] = {}


def add_operation(words: Mapping[str, Text]) -> None:
    """Add the words of a room, by the operations that it writes down."""
    OPERATIONS.update(words)


def words_of_operation(operation: str) -> Text | str:
    """An operation in words; the name of one that there was once."""
    return OPERATIONS.get(operation, operation)


type Condition = Callable[[User], Q]

KINDS: dict[str, tuple[Text, Condition]] = {}


def add_kind(name: str, words: Text, condition: Condition) -> None:
    """Add a kind. `name` stands in addresses. `condition`: of its events, for whoever asks.

    Raises `ValueError` for a name that is taken.
    """
    if name in KINDS:
        raise ValueError(f"the kind {name} is there already")
    KINDS[name] = (words, condition)


add_kind(
    "looks",
    Text("alle visninger af personers oplysninger", "all looks at persons' records"),
    lambda _: Q(action__in=LOOKS),
)


def with_words(events: list[Any]) -> list[Any]:
    """Events, each with the name of its subject and its details in words. A few statements for all of them."""
    names = subjects.names_of(events)
    for event, detail in zip(events, subjects.details_with_names(each.detail for each in events), strict=True):
        event.subject_name = names[event.pk]
        event.words = details_in_words(detail)
    return events


def head_of(event: Any) -> str:
    """What was done, and to what, of an event with words."""
    return f"{words_of_action(event.action)}: {event.subject_name}"


def details_of(event: Any) -> str:
    """How it was done, as the end of its sentence: the details of an event with words, without those that say nothing."""
    left_out = {NOTHING, "0"} if event.action in SPARSE else {NOTHING}
    details = "; ".join(f"{name}: {value}" for name, value in event.words if value not in left_out)
    return f" ({details})" if details else ""
