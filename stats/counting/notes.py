"""Change notes: what a later vintage has to say of itself."""

from __future__ import annotations

from functools import reduce

from django.db.models import QuerySet

from core.text import Text, in_digits, say
from stats.counting import erasures
from stats.errors import ReleaseRefused, refuse
from stats.models import EXACT, LEAST_LETTERS, LONGEST_NOTES, SHORTEST_REASON, Release
from stats.periods import Period

NO_NOTES = Text("", "")
# What divides words and lines, or the digits of a number.
SPACES = {" ", "\n", "\r", "\t", "\u00a0"}
# Of a vintage whose earlier numbers no reader ever saw: they would look for them.
FIRST = Text(
    "Den første udgave, der er udgivet; tidligere udkast blev ikke udgivet.",
    "The first vintage that is published; earlier drafts were not published.",
)


def join_texts(words: Text, more: Text) -> Text:
    """A text and another behind it."""
    return Text(*(f"{text} {added}".strip() for text, added in zip(words, more, strict=True)))


# What is added may need room.
LONGEST_SAID = LONGEST_NOTES - max(map(len, join_texts(erasures.CHANGE_NOTE, erasures.RESTRICTION_NOTE))) - 1
NEEDED = say(
    "Der er allerede en udgivelse af perioden for disse modtagere: skriv på dansk og på engelsk, hvad der er ændret siden. "
    "Alle kan læse det.",
    "There is a release of this period for this audience already: say in Danish and in English what has changed since. "
    "Everybody may read it.",
)


def check_characters(words: Text) -> None:
    """Raise `ReleaseRefused` for characters that nobody sees, or that turn the direction of writing, in a text for everybody."""
    unfit = sorted({each for each in "".join(words) if not each.isprintable()} - SPACES)
    if unfit:
        names = ", ".join(f"U+{ord(each):04X}" for each in unfit)
        raise refuse(
            f"Tegnet kan ikke ses, så teksten kan ikke bruges: {names}.",
            f"Nobody sees this character: {names}. Leave it out.",
        )


def is_reason(text: str) -> bool:
    """Whether a reason says something, as `henvis_is_reason` has it: long enough to be understood, and in words."""
    words = text.strip()
    return len(words) >= SHORTEST_REASON and sum(map(str.isalpha, words)) >= LEAST_LETTERS


def vintages_read(audience: str, period: Period) -> QuerySet[Release]:
    """The vintages of a period that its audience could read, withdrawn or not. The house reads exact ones once they are built."""
    all_built = Release.objects.filter(audience=audience, period=period.id)
    return all_built if audience == EXACT else all_built.filter(publication__isnull=False)


def check_notes(notes: Text | None, *, needed: bool) -> Text:
    """The change notes of a vintage, without blanks around. Raises `ReleaseRefused` for missing, long or unfit ones."""
    words = Text(*(text.strip() for text in notes or NO_NOTES))
    if any(len(text) > LONGEST_SAID for text in words):
        raise refuse(
            f"En note om ændringer har højst {in_digits(LONGEST_SAID).da} tegn.",
            f"A change note has at most {in_digits(LONGEST_SAID).en} characters.",
        )
    check_characters(words)
    if needed and not all(words):
        raise ReleaseRefused(NEEDED)
    return words


def notes_of_vintage(notes: Text | None, audience: str, period: Period, vintage: int) -> Text:
    """The change notes of a vintage: of the first that is published that it is, of a later one where somebody was erased or
    restricted since the one before also that. Raises `ReleaseRefused`.

    A protected pool counts the records that its years published, so nobody is missing in it.
    """
    before = vintages_read(audience, period).order_by("-vintage").values_list("built_at", flat=True).first()
    words = check_notes(notes, needed=before is not None)
    if before is None:
        return join_texts(words, FIRST) if vintage > 1 else words
    if period.pool and audience != EXACT:
        return words
    return reduce(join_texts, erasures.change_notes_since(before), words)
