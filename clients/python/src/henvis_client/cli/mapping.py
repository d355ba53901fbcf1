"""`mapping`: what the organisation has said of its own columns and words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, Any

from henvis_client.cli import words as w
from henvis_client.cli.app import command, mapping
from henvis_client.cli.asking import save
from henvis_client.cli.choices import EDITIONS, ORDERS, Choices
from henvis_client.cli.desk import Desk
from henvis_client.cli.help_texts import option
from henvis_client.questions import COLUMN, DATE, EDITION, VALUE, Question

NobodyOption = Annotated[
    bool,
    option(
        "Intet af ordene er navnet på en person.",
        "None of the words is a person's name.",
        "--names-nobody",
    ),
]


@command(mapping, "show", "Vis, hvad der er oplyst.", "Show what was said.")
def show_mapping(desk: Desk) -> None:
    """Show the mapping."""
    show(desk)


@command(mapping, "column", "En af jeres kolonner er dette felt.", "A column of yours is this field.")
def name_column(desk: Desk, header: str, field: str, names_nobody: NobodyOption = False) -> None:
    """Say which field a column is."""
    keep(desk, Question(COLUMN, "A", 1), header, field, names_nobody=names_nobody)


@command(mapping, "value", "Et af jeres ord er denne kode.", "A word of yours is this code.")
def name_value(desk: Desk, field: str, word: str, code: str, names_nobody: NobodyOption = False) -> None:
    """Say which code a word stands for."""
    keep(desk, Question(VALUE, "A", 1, field), word, code, names_nobody=names_nobody)


@command(mapping, "dates", "day_first eller month_first.", "day_first or month_first.")
def name_dates(desk: Desk, field: str, order: str) -> None:
    """Say what stands first in the dates of a field."""
    keep(desk, Question(DATE, "A", 1, field), "", order)


@command(mapping, "edition", "DB07 eller DB25.", "DB07 or DB25.")
def name_edition(desk: Desk, field: str, edition: str) -> None:
    """Say of which edition of NACE the letters of a field are."""
    keep(desk, Question(EDITION, "A", 1, field), "", edition)


def keep(desk: Desk, question: Question, text: str, answer: str, *, names_nobody: bool = False) -> None:
    """Add an answer to the mapping, and show it. Fields and codes may be said by their labels."""
    field = question.field and code_of(
        Choices.of(Question(COLUMN, "A", 1), desk.dictionaries, desk.language), question.field
    )
    complete = replace(question, field=field)
    code = code_of(Choices.of(complete, desk.dictionaries, desk.language), answer)
    save(desk, desk.client.mapping().with_answer(complete, text, code), text, names_nobody=names_nobody)
    show(desk)


def code_of(choices: Choices, answer: str) -> str:
    """The code that a word stands for. Henvis says what is wrong with another word."""
    matches = choices.matches(answer)
    return matches[0] if len(matches) == 1 else answer


def show(desk: Desk) -> None:
    """Show the mapping as it stands."""
    content = desk.client.mapping().complete
    if not desk.as_json:
        show_tables(desk, content)
    desk.finish({"mapping": content})


def show_tables(desk: Desk, content: Mapping[str, Mapping[str, Any]]) -> None:
    """The parts of a mapping, with the labels of fields and codes."""
    if not any(content.values()):
        desk.show(desk.text(w.NOTHING_SAID))
        return
    labels, language = desk.dictionaries, desk.language
    columns = [(header, with_label(labels.field(name, language), name)) for header, name in content["columns"].items()]
    desk.table((w.COLUMN, w.FIELD), columns)
    words = [
        (with_label(labels.field(name, language), name), word, with_label(labels.label(name, code, language), code))
        for name, codes in content["values"].items()
        for word, code in codes.items()
    ]
    desk.table((w.FIELD, w.WORD, w.CODE), words)
    dates = [
        (with_label(labels.field(name, language), name), desk.text(ORDERS[order]) if order in ORDERS else order)
        for name, order in content["dates"].items()
    ]
    desk.table((w.FIELD, w.DATES), dates)
    editions = [
        (with_label(labels.field(name, language), name), desk.text(EDITIONS[each]) if each in EDITIONS else each)
        for name, each in content["editions"].items()
    ]
    desk.table((w.FIELD, w.EDITION), editions)


def with_label(label: str, code: str) -> str:
    """A label, and the name by which it is said in a command."""
    return f"{label} ({code})" if label and label != code else code
