"""Questions of Henvis, put to a person, with what stands in the file; and their answers, kept as the mapping."""

from __future__ import annotations

from pathlib import Path

import typer

from henvis_client.bodies import Batch
from henvis_client.cli import words as w
from henvis_client.cli.desk import Desk
from henvis_client.questions import COLUMN, DATE, DAY_FIRST, MONTH_FIRST, Question, cell_of
from henvis_client.texts import Text

SENTENCES = {
    COLUMN: w.ASK_COLUMN,
    DATE: w.ASK_DATE,
}
MOST_OPTIONS = 8


def settle(desk: Desk, file: Path, batch: Batch, accept: bool) -> bool:
    """Have the questions of a batch answered, and keep the answers. Whether there are any that are new."""
    if not batch.questions or not (accept or (desk.around.is_interactive and not desk.as_json)):
        return False
    sheet = next((row.sheet for row in batch.results or () if row.sheet), None)
    mapping = before = desk.client.mapping()
    for question in batch.questions:
        text = cell_of(file, question.line, question.place, sheet)
        answer = question.guess if accept else ask_one(desk, question, text)
        if answer and text:
            mapping = mapping.with_answer(question, text, answer)
    if mapping == before:
        return False
    desk.client.save_mapping(mapping)
    desk.say(w.MAPPING_KEPT)
    return True


def ask_one(desk: Desk, question: Question, text: str) -> str:
    """What a person answers; nothing where she does not know."""
    sentence: Text = SENTENCES.get(question.kind, w.ASK_VALUE)
    desk.say(sentence, text=text, line=question.line, field=question.field or "")
    options = question.options or ((DAY_FIRST, MONTH_FIRST) if question.kind == DATE else ())
    if options:
        desk.say(w.ASK_OPTIONS, options=", ".join(options[:MOST_OPTIONS]))
    answer: str = typer.prompt(desk.text(w.ASK_ANSWER), default=question.guess or "", err=True)
    return answer.strip()


def rows_of(desk: Desk, batch: Batch) -> list[tuple[object, ...]]:
    """Questions as rows of a table."""
    return [
        (each.line, each.column, each.field, each.guess, ", ".join(each.options[:MOST_OPTIONS]))
        for each in batch.questions
    ]
