"""Industries by letter: which edition of NACE a text names, and which code of ours a letter is in each of the two.

NACE Rev. 2.1 (in Danish DB25) divides the old J into J and K, so that each letter from K on stands for another industry than in
NACE Rev. 2 (DB07), by which our codes are made.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from enum import StrEnum

from cases.intake.understanding.texts import fold


class NaceEdition(StrEnum):
    """An edition, by its Danish name."""

    DB07 = "DB07"
    DB25 = "DB25"


# How folded texts name each.
NAMED: Mapping[NaceEdition, str] = {
    NaceEdition.DB07: (
        r"(?<![a-z])(?:db[ _-]?(?:20)?07|(?:dansk )?branchekoder?(?:ne)?[ _(]{0,2}2007"
        r"|nace[ _-]?(?:rev[._ ]{0,2})?2)(?![.,_]?\d)"
    ),
    NaceEdition.DB25: (
        r"(?<![a-z])(?:db[ _-]?(?:20)?25|(?:dansk )?branchekoder?(?:ne)?[ _(]{0,2}2025"
        r"|nace[ _-]?(?:rev[._ ]{0,2})?2[.,_]1)(?!\d)"
    ),
}
ANY = re.compile(rf"[ _(\[,;:-]{{0,3}}(?:{'|'.join(NAMED.values())})[)\]:]*")
LETTER = re.compile(r"([a-v])[.):]?")
WITH_WORDS = re.compile(r"([a-v])(?: ?[-.:)] ?| )(.{2,})")
# Our code of each letter, by edition. DB07 U and DB25 V are bodies such as embassies, which have no code. DB25 T has several.
CODES: Mapping[NaceEdition, Mapping[str, str]] = {
    edition: {letter: f"LABOUR_{ours}" for letter, ours in zip(letters, sections, strict=True)}
    for edition, letters, sections in (
        (NaceEdition.DB07, "abcdefghijklmnopqrst", "ABCDEFGHIJKLMNOPQRST"),
        (NaceEdition.DB25, "abcdefghijklmnopqrsu", "ABCDEFGHIJJKLMNOPQRT"),
    )
}
# What covers several codes, by its folded text with the edition. Repairing and washing motor vehicles was in G, and is in T: only
# who knows the person can say. A code of ours in a column of DB25 may have been made of a letter of DB25.
SEVERAL: Mapping[str, tuple[str, ...]] = {
    f"{text} (db25)": tuple(f"LABOUR_{section}" for section in sections)
    for text, sections in (
        *((text, "SG") for text in ("t", "andre serviceydelser", "other service activities")),
        *(
            (f"labour_{letter}", f"{letter}{before}".upper())
            for letter, before in zip("klmnopqrs", "jklmnopqr", strict=True)
        ),
        ("labour_t", "TSG"),
    )
}


def edition_in(*texts: str) -> NaceEdition | None:
    """The edition that texts name; None where they name none, or both."""
    editions = editions_in(texts)
    return editions.pop() if len(editions) == 1 else None


def editions_in(texts: Iterable[str]) -> set[NaceEdition]:
    keys = [fold(text) for text in texts]
    return {edition for edition, pattern in NAMED.items() if any(re.search(pattern, key) for key in keys)}


def names_edition(text: str) -> bool:
    """Whether a text names an edition, so that it is read where it stands around a table."""
    return bool(editions_in([text]))


def edition_of(header: str, around: Iterable[str]) -> NaceEdition | None:
    """The edition of a column: what its header says goes before what stands around the table."""
    return edition_in(header) if editions_in([header]) else edition_in(*around)


def without_edition(key: str) -> str:
    """A folded text without the edition that it names; the text itself where nothing else is in it."""
    return ANY.sub(" ", key).strip() or key


def letter_in(key: str) -> str | None:
    """The letter that a folded text is."""
    match = LETTER.fullmatch(key)
    return match[1] if match else None


def words_behind(key: str) -> tuple[str, str]:
    """The letter and the words of a folded text such as `k - financial and insurance activities`; empty where it is none."""
    match = WITH_WORDS.fullmatch(key)
    return (match[1], match[2]) if match else ("", "")


def code_of(letter: str, edition: NaceEdition | None) -> str | None:
    """Our code of a letter; None where no one code is. Without an edition it is one that does not differ."""
    return CODES[edition or NaceEdition.DB07].get(letter)


def meanings(letter: str) -> set[str | None]:
    """What a letter is in each edition. None stands for no one code of ours."""
    return {codes.get(letter) for codes in CODES.values()}


def differs(letter: str) -> bool:
    """Whether a letter is something else in each edition."""
    return len(meanings(letter)) > 1


def is_undecided(text: object) -> bool:
    """Whether a value is a letter that is another industry in each edition. One of a known edition is read as what it is there."""
    letter = letter_in(fold(text)) if isinstance(text, str) else None
    return letter is not None and differs(letter)


def covering(key: str, edition: NaceEdition | None) -> str | None:
    """A folded text with the edition, where it covers several codes there."""
    text = f"{key.upper()} ({edition})"
    return text if fold(text) in SEVERAL else None
