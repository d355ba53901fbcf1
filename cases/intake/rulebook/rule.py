"""What the rulebook says of one rule, and of a group of rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from cases.intake.findings import FindingClass
from core.text import NO_TEXT, Text

# So many rows, each the dictionary's example record with these changes.
Rows = tuple[tuple[int, Mapping[str, object]], ...]


@dataclass(frozen=True, slots=True)
class RuleGroup:
    """Rules that are explained together. `about`: why they are there, and what to do.

    `problem`: the kind of problem of the API in whose `errors` they stand too, where a record is sent by itself.
    """

    id: str
    title: Text
    about: Text
    problem: str = ""


@dataclass(frozen=True, slots=True)
class RuleExample:
    """What meets a rule: changes to the dictionary's example record, lines of a file, or the rows of a delivery.

    `stored`: what is stored before, in words. `before`: the rows of the same partner that are stored before the delivery.
    """

    changes: Mapping[str, object] = field(default_factory=dict)
    lines: str = ""
    rows: Rows = ()
    before: Rows = ()
    stored: Text = NO_TEXT


@dataclass(frozen=True, slots=True)
class FindingRule:
    """One rule that a finding can name. `field`: the member of a row that it is about, where it is always the same.

    `title` says it in short, `detail` is what is told of a row, `about` says why and what to do.
    """

    id: str
    cls: FindingClass
    title: Text
    detail: Text
    about: Text
    group: RuleGroup
    field: str = ""
    example: RuleExample | None = None


@dataclass(frozen=True, slots=True)
class RuleNote:
    """What the rulebook adds to the words of a room: a title of its own, why and what to do, and an example."""

    title: Text | None = None
    about: Text | None = None
    example: RuleExample | None = None


NO_NOTE = RuleNote()


def derive(
    texts: Mapping[str, Text],
    group: RuleGroup,
    notes: Mapping[str, RuleNote],
    cls: FindingClass = FindingClass.ERROR,
) -> Iterator[FindingRule]:
    """The rules of a room that has their words. Without a note the words are the title too, and the group says what to do."""
    for id_, text in texts.items():
        note = notes.get(id_, NO_NOTE)
        yield FindingRule(id_, cls, note.title or text, text, note.about or group.about, group, example=note.example)


def with_examples(examples: Mapping[str, RuleExample]) -> dict[str, RuleNote]:
    return {id_: RuleNote(example=example) for id_, example in examples.items()}
