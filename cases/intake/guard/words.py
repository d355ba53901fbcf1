"""Names among words: a value should be a code or a label, and whatever is not is looked at for a person's name."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from itertools import chain, groupby

from cases.intake.guard.vocabulary import is_near_our_word, is_our_word, names

# A piece of a text between blanks and signs. One with digits in it is a code or a token, but for four letters or more.
PIECE = re.compile(r"[^\W_]+")
LETTERS = re.compile(r"\d*([^\W\d_]+)\d*")
DIGITS_AMONG_LETTERS = re.compile(r"[^\W\d_]\d+[^\W\d_]")
NO_LETTER = re.compile(r"[\W\d_]+")
INITIALS = re.compile(r"(?:[^\W\d_]\. ?){2,4}")
INITIAL_AND_NAME = re.compile(
    r"(?:[^\W\d_]\. ?)+(?P<last>[^\W\d_]{2,})|(?P<first>[^\W\d_]{2,}),? (?:[^\W\d_]\. ?)+", re.I
)
LONG = 4
MANY_LETTERS = 3
APOSTROPHES = str.maketrans("", "", "'\u2019\u2018`\u00b4")


def is_word_of_ours(word: str) -> bool:
    """Whether a word stands in the dictionary, or is nearly one that does."""
    return is_our_word(word) or is_near_our_word(word)


def is_name(text: str) -> bool:
    """Whether a folded text is a person's name, has one in it, or is initials with points."""
    if INITIALS.fullmatch(text) or is_of_another_script(text):
        return True
    words = words_in(text)
    if any(word.casefold() in names() for word in words):
        return True
    if match := INITIAL_AND_NAME.fullmatch(text):
        return not is_our_word(match["last"] or match["first"])
    return len(words) > 1 and are_strange(words)


def words_in(text: str) -> list[str]:
    """The words of a text: no single letters, and no codes that are made of letters and digits."""
    pieces = [(piece, LETTERS.fullmatch(piece)) for piece in PIECE.findall(text.translate(APOSTROPHES))]
    return [match[1] for piece, match in pieces if match and len(match[1]) >= (2 if match[1] == piece else LONG)]


def hidden_words_in(text: str) -> list[str]:
    """The words of a text whose letters stand apart (`D l a m i n i`, `D.L.A.M`) or have digits among them (`S1th3be`), plain."""
    pieces = PIECE.findall(text.translate(APOSTROPHES))
    apart = ("".join(run) for is_one, run in groupby(pieces, lambda piece: len(piece) == 1) if is_one)
    mixed_pieces = (piece for piece in pieces if DIGITS_AMONG_LETTERS.search(piece))
    words = (NO_LETTER.sub("", each) for each in chain(apart, mixed_pieces))
    return [word for word in words if len(word) >= MANY_LETTERS]


def are_strange(words: list[str]) -> bool:
    """Whether several words are a name: two of them with capitals are none of ours, or one is and no other stands as it is."""
    strange = [word for word in words if not is_word_of_ours(word)]
    if any(map(is_our_word, words)):
        return sum(map(has_capital, strange)) > 1
    return bool(strange)


def has_capital(word: str) -> bool:
    """Whether a word begins with a capital."""
    return word[0].isupper()


def is_of_another_script(text: str) -> bool:
    """Whether a text has three letters or more that are not Latin: no code and no label has one."""
    return not text.isascii() and sum(not is_latin(char) for char in text if char.isalpha()) >= MANY_LETTERS


@cache
def is_latin(char: str) -> bool:
    """Whether a letter is Latin."""
    return unicodedata.name(char, "").startswith(("LATIN", "MICRO", "FEMININE", "MASCULINE"))
