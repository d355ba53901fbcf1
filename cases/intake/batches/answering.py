"""Answers to what a delivery asked of its columns. They name columns by their place: the words are in the file, which comes again.

Nothing of a sender's file is kept, so that what stands in a head or a cell is not known until the same file is there once more.
"""

from __future__ import annotations

import hmac
from collections import defaultdict, deque
from collections.abc import Mapping, Sequence
from dataclasses import replace
from json import dumps, loads
from typing import Any

from cases.errors import DomainError
from cases.intake.batches.arrival import Delivery, content_of, fingerprint, seal_content
from cases.intake.batches.rows import RowReader
from cases.intake.batches.stream import RowStream
from cases.intake.findings import FileRefused
from cases.intake.models import Batch, Handling
from cases.intake.readers.files import open_file
from cases.intake.understanding import mappings
from cases.intake.understanding.mapping import NOBODY, MappingContent
from cases.intake.understanding.questions import QuestionKind
from partners.kinds import Mode

UNKNOWN_COLUMN = "column_unknown"
# What a sender answers, by the number of the question (`questions_of`): a field, a code, an order of dates, or an edition.
Answers = Mapping[int, str]


class NotTheSameFile(DomainError):
    """The answers are to another file, or to what is not asked any more."""


def questions_of(batch: Batch) -> Sequence[Mapping[str, Any]]:
    """What a batch asks of its columns, as it keeps it: its questions, or each column for which its file was refused."""
    if batch.questions:
        return [*batch.questions]
    return [
        {"kind": str(QuestionKind.COLUMN), "guess": each.get("suggestion"), "options": each.get("allowed", ()), **each}
        for each in batch.findings
        if each["rule"] == UNKNOWN_COLUMN
    ]


def remember_answers(batch: Batch, delivery: Delivery, answers: Answers, *, names_nobody: bool) -> None:
    """Keep what is answered for this and every later file. `names_nobody`: whoever answers says that no word names a person.

    Raises `NotTheSameFile`, `Stale`, and `FileRefused` where it may not be kept.
    """
    if not is_same_file(batch, delivery):
        raise NotTheSameFile
    if answers:
        mapping = mapping_of_answers(batch, delivery, answers)
        mappings.remember(batch.partner_id, {**mapping, NOBODY: names_nobody})


def questions_on(batch: Batch, answers: Answers, refusal: FileRefused, rule: str) -> frozenset[int]:
    """The numbers of the questions whose answers a mapping was refused for, by a rule.

    A finding has the number of its entry in the mapping, and `mapping_of_answers` writes the entries of each part in the order of
    the questions.
    """
    entries: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for number, each in enumerate(questions_of(batch)):
        if number in answers:
            path = ("columns",) if each["kind"] == QuestionKind.COLUMN else ("values", each.get("field") or "")
            entries[path].append(number)
    places = [(entries[each.path], each.index) for each, _ in refusal.findings if each.rule == rule]
    return frozenset(numbers[index] for numbers, index in places if index is not None and index < len(numbers))


def is_same_file(batch: Batch, delivery: Delivery) -> bool:
    """Whether a file is that of a batch. It may have come in another way, and what is asked of it beside that is the form's own.

    A batch of before 0.11 keeps one digest of the file and of all that was asked for, so that its file must come as it did.
    """
    content = content_of(delivery.path)
    if batch.content_digest:
        return hmac.compare_digest(batch.content_digest, seal_content(batch.partner_id, content))
    handling = Handling(batch.handling)
    same = replace(delivery, dry_run=batch.dry_run, handling=handling, prefer_latest=batch.prefer_latest)
    return hmac.compare_digest(batch.fingerprint, fingerprint(same, content))


def mapping_of_answers(batch: Batch, delivery: Delivery, answers: Answers) -> dict[str, object]:
    """The answers in the words of the file. Raises `NotTheSameFile` where it asks something else by now."""
    mapping, _ = mappings.read(batch.partner_id)
    topics = words_of(batch, delivery, mapping) if batch.questions else ()
    header = open_file(delivery.path, media_type=delivery.media_type, name=delivery.name).table().header
    every = [(number, each, answers[number]) for number, each in enumerate(questions_of(batch)) if number in answers]
    values: dict[str, dict[str, str]] = defaultdict(dict)
    for number, question, answer in every:
        if question["kind"] == QuestionKind.VALUE:
            values[question["field"]][topics[number]] = answer
    return {
        "columns": {header[each["column"]]: answer for _, each, answer in every if each["kind"] == QuestionKind.COLUMN},
        "values": values,
        "dates": {each["field"]: answer for _, each, answer in every if each["kind"] == QuestionKind.DATE},
        "editions": {each["field"]: answer for _, each, answer in every if each["kind"] == QuestionKind.EDITION},
    }


def words_of(batch: Batch, delivery: Delivery, mapping: MappingContent) -> Sequence[str]:
    """The word that each question of a batch is about. Raises `NotTheSameFile` where others are asked by now."""
    reader = RowReader(is_test=batch.partner.mode == Mode.TEST)
    stream = RowStream(delivery.path, delivery.media_type, reader, delivery.name, mapping)
    deque(stream.rows(), maxlen=0)
    columns = stream.columns
    if columns is None or loads(dumps(stream.questions())) != batch.questions:
        raise NotTheSameFile
    return columns.topics
