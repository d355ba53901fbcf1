"""The sentences that Henvis writes into the column of errors, known again when an error file comes back.

They have words that no code has, and the guard would take some for names. Each line of that column is ours, sentence by sentence
from its front, and the sender's from the first word on that is none of ours. All of that is looked at, as anywhere else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import chain

from cases.intake.batches.wording import (
    CHOOSE,
    DETAILS_ON_DESK,
    MEANT,
    MOMENTS,
    VERSION_STORED,
    WAYS_OUT,
    WAYS_OUT_ON_DESK,
    either_of,
    every_detail,
    meant_words,
    name_of_column,
)
from cases.intake.errorfiles.tables import MORE, UNREAD_LINE, UNREAD_ROW
from cases.intake.rulebook import RULES
from cases.intake.templates.columns import BY_NAME
from cases.intake.understanding.codes import CODED, covering
from core.text import Text

# A number that is none of a person's: the guard takes it for a version too.
NUMBER = "[0-9]{1,6}"
# The parts of a moment, which is one of this century, as the guard takes it in an export.
MOMENT_PARTS = {
    "%-d": "(?:[12][0-9]|3[01]|[1-9])",
    "%-m": "(?:1[0-2]|[1-9])",
    "%B": "(?:January|February|March|April|May|June|July|August|September|October|November|December)",
    "%Y": "20[0-9]{2}",
    "%H": "(?:[01][0-9]|2[0-3])",
    "%M": "[0-5][0-9]",
}
PLACES = re.compile(f"({'|'.join(MOMENT_PARTS)})")


def without_ours(text: str) -> str:
    """What is left of a text without the sentences of ours with which its lines begin."""
    return "\n".join(filter(None, map(behind_ours, text.split("\n"))))


def behind_ours(line: str) -> str:
    """What stands in a line behind our sentences. A CSV has several in one."""
    pattern, place = sentences_of_ours(), 0
    while match := pattern.match(line, place):
        place = match.end()
    return line[place:]


@cache
def sentences_of_ours() -> re.Pattern[str]:
    """One of our sentences in either language, with the blanks behind it. Nothing in it is repeated, so that it is quick."""
    return re.compile(rf"(?:{'|'.join(map(sentence_in, Text._fields))}|{re.escape(MORE)})(?:\s+|\Z)")


def sentence_in(language: str) -> str:
    """What `wording.sentence_in_file` says in a language, or said of old and the API says, and that a row could not be read."""
    texts = chain((rule.detail for rule in RULES.values()), every_detail(), DETAILS_ON_DESK.values())
    details = one_of(text(language) for text in texts)
    suggestion = f"(?:{fill(MEANT(language), code=one_of(guesses(language)))}|{re.escape(CHOOSE(language))})"
    version = fill(VERSION_STORED(language), version=NUMBER, moment=moment_in(language))
    ways = "|".join(fill(way(language), version=NUMBER) for way in chain(WAYS_OUT.values(), WAYS_OUT_ON_DESK.values()))
    unread = "|".join(fill(text(language), number=NUMBER) for text in (UNREAD_LINE, UNREAD_ROW))
    return f"(?:{one_of(names(language))}: )?{details}(?: {suggestion})?(?: {version}(?: (?:{ways}))?)?|{unread}"


def names(language: str) -> Iterator[str]:
    """The names of columns as sentences begin with them."""
    return (name_of_column(name, language, with_code=each) for name in BY_NAME for each in (True, False))


def guesses(language: str) -> Iterator[str]:
    """What a sentence may guess: a code of a field, or a column."""
    codes = [(name, code) for name, each in CODED.items() for code in each.allowed]
    for field, suggestion in (*((None, name) for name in BY_NAME), *codes):
        yield meant_words(field, suggestion, language, with_code=True)
        yield meant_words(field, suggestion, language, with_code=False)
    for name in CODED:
        for several in covering(name).values():
            yield from (either_of(name, several, language, with_code=each) for each in (True, False))


def moment_in(language: str) -> str:
    """The pattern of a moment as sentences have it."""
    pieces = PLACES.split(MOMENTS(language))
    return "".join(MOMENT_PARTS.get(piece) or re.escape(piece) for piece in pieces)


def one_of(texts: Iterable[str]) -> str:
    """The pattern of any of several texts, the longest first: one may begin with another."""
    return f"(?:{'|'.join(map(re.escape, sorted(set(texts), key=len, reverse=True)))})"


def fill(template: str, **patterns: str) -> str:
    """The pattern of a text with places."""
    pieces = re.split(r"\{(\w+)\}", template)
    return "".join(patterns[piece] if place % 2 else re.escape(piece) for place, piece in enumerate(pieces))
