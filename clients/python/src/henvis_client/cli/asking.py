"""Questions of Henvis, put to a person, with what stands in the file; and their answers, kept as the mapping.

Each answer is kept as soon as it is there, so that a bad one, or somebody who goes away, loses nothing of those before.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from henvis_client.bodies import Batch
from henvis_client.cli import batch_words as w
from henvis_client.cli import words
from henvis_client.cli.choices import Choices
from henvis_client.cli.desk import INDENT, Desk, quote
from henvis_client.cli.key_hints import header_of
from henvis_client.errors import CredentialProblem, Problem
from henvis_client.questions import COLUMN, DATE, EDITION, Dictionary, Question, cell_of

WORD_UNKNOWN = "mapping_word_unknown"
SENTENCES = {COLUMN: w.ASK_COLUMN, DATE: w.ASK_DATE, EDITION: w.ASK_EDITION}
OF_CELLS = {COLUMN: w.WHICH_FIELD, DATE: w.WHICH_ORDER, EDITION: w.WHICH_EDITION}


class Interview:
    """All that is asked of one file. What a person does not know is not asked again."""

    def __init__(self, desk: Desk, file: Path, accept: bool = False) -> None:
        self.desk, self.file, self.accept = desk, file, accept
        desk.accepts_guesses = accept
        self.unknown: set[tuple[str, str | None, str]] = set()

    def settle(self, batch: Batch) -> bool:
        """Have the questions of a batch answered. Whether an answer was kept that is new."""
        is_possible = self.accept or (self.desk.around.is_interactive and not self.desk.as_json)
        sheet = sheet_of(batch)
        count = 0
        try:
            for question in batch.questions if is_possible else ():
                text = cell_of(self.file, question.line, question.place, sheet)
                if text and (question.kind, question.field, text) not in self.unknown:
                    count += self.settle_one(question, text)
        finally:
            if count:
                self.desk.say(w.MAPPING_KEPT)
        return count > 0

    def settle_one(self, question: Question, text: str) -> bool:
        """Have one question answered, again where Henvis does not take the answer. Whether it was kept."""
        while answer := question.guess if self.accept else self.ask(question, text):
            try:
                return self.keep(question, text, answer)
            except CredentialProblem:
                raise
            except Problem as problem:
                if self.accept or not problem.is_final:
                    raise
                self.desk.complain(problem)
        self.unknown.add((question.kind, question.field, text))
        return False

    def keep(self, question: Question, text: str, answer: str) -> bool:
        """Add an answer to the mapping. Whether it is new there."""
        before = self.desk.client.mapping()
        after = before.with_answer(question, text, answer)
        if after == before:
            return False
        save(self.desk, after, text)
        return True

    def ask(self, question: Question, text: str) -> str:
        """What a person answers; nothing where she does not know."""
        desk = self.desk
        choices = Choices.of(question, desk.dictionaries, desk.language)
        field = desk.dictionaries.field(question.field or "", desk.language)
        desk.say(SENTENCES.get(question.kind, w.ASK_VALUE), text=text, line=question.line, field=field)
        for number, choice in enumerate(choices.offer, start=1):
            desk.say_text(f"  {number}) {offer(desk, choices, choice)}")
        return ask_until(desk, choices, lambda: desk.ask(desk.text(w.ASK_ANSWER if choices.offer else w.ASK_WORD)))


def save(desk: Desk, mapping: Dictionary, text: str, *, names_nobody: bool = False) -> None:
    """Keep a mapping. Where Henvis does not know a word of the new text, a person says that it names nobody."""
    try:
        desk.client.save_mapping(mapping.naming_nobody if names_nobody else mapping)
    except Problem as problem:
        if {each.code for each in problem.errors} != {WORD_UNKNOWN}:
            raise
        desk.confirm(w.NAMES_NOBODY, text=text)
        desk.client.save_mapping(mapping.naming_nobody)


def offer(desk: Desk, choices: Choices, choice: str) -> str:
    """An answer to choose, marked where it is the guess."""
    label = choices.label(choice)
    return desk.text(w.GUESS, choice=label) if choice == choices.guess else label


def ask_until(desk: Desk, choices: Choices, read: Callable[[], str]) -> str:
    """The answer that is one; nothing for nothing."""
    while (answer := read()) and " ".join(answer.casefold().split()) not in w.UNKNOWN:
        matches = choices.matches(answer)
        if len(matches) == 1:
            return matches[0]
        desk.say(w.NO_ANSWER)
        if matches:
            desk.say(w.SEVERAL, names=", ".join(map(choices.label, matches)))
    return ""


def sheet_of(batch: Batch) -> str | None:
    """The sheet of a workbook that the rows are on."""
    return next((row.sheet for row in batch.results or () if row.sheet), None)


def in_words(desk: Desk, question: Question, sheet: str | None) -> str:
    """A question with what stands in the file, where the file is one that is read here."""
    text = desk.file and header_of(desk.file, question.line, question.place, sheet)
    sentences = SENTENCES if text else OF_CELLS
    field = desk.dictionaries.field(question.field or "", desk.language)
    sentence = sentences.get(question.kind, w.ASK_VALUE if text else w.WHICH_CODE)
    return desk.text(sentence, text=text, line=question.line, field=field)


def show_questions(desk: Desk, batch: Batch) -> None:
    """What is asked and was not answered, and how it is."""
    desk.show(f"{desk.text(w.ASKED)}:")
    for question in batch.questions:
        choices = Choices.of(question, desk.dictionaries, desk.language)
        options = ", ".join(offer(desk, choices, each) for each in choices.offer)
        sentence = in_words(desk, question, sheet_of(batch))
        desk.show(f"{question.column}{question.line} {sentence} {options}", INDENT)
    has_guess = any(question.guess for question in batch.questions)
    desk.say(w.HOW_ANSWER_GUESSES if has_guess and not desk.accepts_guesses else w.HOW_ANSWER)
    column = f" --key-column {quote(desk.key_column)}" if desk.key_column else ""
    desk.say_command(f"henvis check {quote(str(desk.file)) if desk.file else desk.text(words.FILE)}{column}")
