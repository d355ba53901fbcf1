"""The numbers in what a person writes: each must be one that its section shows, since nobody can type a figure.

The grammar, in the words of the staff page (docs/annual-report.md). A digit that is in none of these shapes is refused:

* A count stands alone: `112`, and in thousands `1.234` in Danish, `1,234` in English. Nothing makes it larger or a part of a whole.
* A percentage is a number before %, pct., procent or per cent. One before flere, færre, more or fewer is a change that way.
* A number before år, years or -årige, or after aged, is an age that stands in a heading of a table.
* Two numbers with a dash between them are what is told of a hidden number: `0–9`.
* Four digits after a word such as in, since or March are a year. A day is whole: `14. marts 2024`, `14 March 2024`.
* `§ 262 a`, `straffelovens § 262` and `section 262a of the Criminal Code` are laws.

What the program proposed itself stands as it is, from one comma or full stop to the next. Numbers in words are not seen: whoever
publishes reads them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, fields
from decimal import Decimal

from core.text import Text

FIRST_YEAR, LAST_DAY = 1990, 31
DIGITS = frozenset("0123456789")
# A number as it is reported: with all that chains it to others.
RUN = re.compile(r"\d+(?:[^\w\s]+\d+)*", re.ASCII)
BAND = re.compile(r"(?<!\d)\d+–\d+(?!\d)", re.ASCII)
AGE_IN_HEADING = re.compile(r"\d[ -](?:år|year)", re.ASCII)
# Where a program's sentence may be cut.
PIECES = re.compile(r"(?<=[.,;]) ")
# A number begins a word and ends it, and neither a sign nor a space alone chains it to another.
BEGIN = r'(?<![^ (»“"])'
END = r'(?=[.,;:!?)»”"]*(?: |$))(?! \d)(?! [^\w\s(»“"]+ ?\d)'
# What stands after a number and makes it another one, or a part of a whole.
SIZES = (
    r"pct|pc\b|pro-? ?cent|per-? ?cent|pro-? ?mille|per-? ?mille|hundred|tusind|thousand|million|milliard|billion|mio\b|mia\b"
    r"|dusin|dozen|snes"
)
ALONE = rf'(?! [(\[]? ?(?:[^\w\s(»“"–—]|(?:[^\W\d]+[ -]){{0,3}}(?:{SIZES})|(?:[kmx]|gange|times|fold)\b))'
# What is counted, so that no number before it is a year.
PERSONS = (
    r"(?:persons?|personer|people|mennesker?|individuals?|humans?|victims?|ofre|offer|women|woman|kvinder?|men|man|mænd|mand"
    r"|girls?|piger?|boys?|drenge?|child(?:ren)?|børn|barn|adults?|voksne|minors?|mindreårige|unge|others|andre|citizens"
    r"|(?:stats)?borgere|nationals|foreigners|udlændinge|migrants|transkønnede|transgender|cases|sager"
    r"|of (?:them|the)|af (?:de|ofrene))"
)
YEAR = r"(?:19|20)\d\d"
ENDING = rf"{END}(?! {PERSONS}\b)"


@dataclass(frozen=True)
class Spelling:
    """How a language writes numbers and what stands around them, as parts of regular expressions.

    `number`: with thousands and a decimal. `before_years`: words before a year.
    """

    number: str
    percent: str
    rise: str
    fall: str
    age: str
    months: str
    day: str
    before_years: str
    between_years: str
    law: str


SPELLINGS = {
    "da": Spelling(
        number=r"(?:\d{1,3}(?:[. ]\d{3})+|\d+)(?:,\d+)?",
        percent=r" ?%| pct\.| procent(?!\w)",
        rise="flere",
        fall="færre",
        age=r"\d+(?:–\d+)?(?: år|-årige?)(?!\w)",
        months="januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december",
        day=r"\d{1,2}\.",
        before_years="i|fra|til|siden|før|efter|for|om|med|året|årene|inden",
        between_years="–|, | og | til | eller ",
        law=r"§ \d{1,3} [a-hj-z](?!\w)|\w+lovens § \d{1,3}(?=[.,;:)]|$)",
    ),
    "en": Spelling(
        number=r"(?:\d{1,3}(?:[, ]\d{3})+|\d+)(?:\.\d+)?",
        percent=r" ?%| per ?cent(?!\w)",
        rise="more",
        fall="fewer",
        age=r"\d+(?:–\d+)?(?: years?|-year-olds?)(?!\w)|(?i:aged) (?:under |over )?\d+(?:–\d+)?(?!\w)",
        months="January|February|March|April|May|June|July|August|September|October|November|December",
        day=r"\d{1,2}",
        before_years="in|from|to|since|before|after|for|of|on|with|until|during|by|year|years",
        between_years="–|, | and | to | or ",
        law=r"(?i:section) \d{1,3}[a-z]? of the (?:[A-Z][a-z]+ )+(?:Act|Code)\b",
    ),
}


def grammar_of(of: Spelling) -> re.Pattern[str]:
    """The shapes of numbers in a language, each a group; the first that fits is meant."""
    years = rf"{YEAR}(?:(?:{of.between_years}){YEAR})*"
    shapes = {
        "law": rf"(?:{of.law})(?! {PERSONS}\b)",
        "date": rf"{BEGIN}{of.day} (?:{of.months}) {YEAR}{ENDING}",
        "years": rf"(?:(?<!\w)(?:(?i:{of.before_years})|{of.months}) {years}{ENDING}|(?<=\(){years}(?=\)))",
        "percent": rf"{BEGIN}{of.number}(?:{of.percent}){END}(?! ?-?point)",
        "age": rf"{BEGIN}(?:{of.age}){END}",
        "rise": rf"{BEGIN}{of.number} {of.rise}(?!\w){ALONE}",
        "fall": rf"{BEGIN}{of.number} {of.fall}(?!\w){ALONE}",
        "band": rf"{BEGIN}\d+–\d+{END}{ALONE}",
        "count": rf"{BEGIN}{of.number}{END}{ALONE}",
    }
    return re.compile("|".join(f"(?P<{name}>{shape})" for name, shape in shapes.items()))


GRAMMARS = {language: grammar_of(spelling) for language, spelling in SPELLINGS.items()}


@dataclass(frozen=True)
class ShownNumbers:
    """What a section shows: counts, changes with their sign, percentages without, and the ages in the headings of tables.

    `bands`: what is told of hidden numbers, as `0–9`. `phrases`: the pieces of what the program proposes in which there is a digit.
    """

    year: int
    counts: frozenset[int] = frozenset()
    changes: frozenset[int] = frozenset()
    percents: frozenset[Decimal] = frozenset()
    ages: frozenset[int] = frozenset()
    bands: frozenset[str] = frozenset()
    phrases: frozenset[str] = frozenset()

    def __or__(self, other: ShownNumbers) -> ShownNumbers:
        sets = ((getattr(self, each.name), getattr(other, each.name)) for each in fields(self)[1:])
        return ShownNumbers(self.year, *(one | another for one, another in sets))


def pieces_of(text: str) -> list[str]:
    """A line as it is shown, cut after each comma and full stop."""
    return [each.rstrip(".,;") for each in PIECES.split(" ".join(text.split()))]


def phrases_in(texts: Iterable[str]) -> frozenset[str]:
    """The pieces of some texts in which there is a digit."""
    return frozenset(each for text in texts for each in pieces_of(text) if not DIGITS.isdisjoint(each))


def foreign_numbers(line: str, language: str, shown: ShownNumbers) -> list[str]:
    """The numbers in a line, as the page shows it, that are none of the section, as they are written. Empty where all are."""
    strange = [each for each in line if each not in DIGITS and unicodedata.numeric(each, None) is not None]
    text = " ".join(line.split())
    good = [n for match in GRAMMARS[language].finditer(text) if is_shown(match, language, shown) for n in span(match)]
    good += spans_of_phrases(shown.phrases, text)
    return [*strange, *(each[0] for each in RUN.finditer(text) if not {*span(each)} <= {*good})]


def span(match: re.Match[str]) -> range:
    """Where a match stands."""
    return range(*match.span())


def spans_of_phrases(phrases: Container[str], text: str) -> Iterator[int]:
    """Where what is proposed stands in a text, each as a whole piece."""
    begin = 0
    for piece in PIECES.split(text):
        if piece.rstrip(".,;") in phrases:
            yield from range(begin, begin + len(piece))
        begin += len(piece) + 1


def is_shown(match: re.Match[str], language: str, shown: ShownNumbers) -> bool:
    """Whether the section shows what is written in a shape."""
    kind, numbers = match.lastgroup or "", [int(each) for each in re.findall(r"\d+", match[0])]
    match kind:
        case "law":
            return True
        case "date":
            return 1 <= numbers[0] <= LAST_DAY and is_year(numbers[1], shown)
        case "years":
            return all(is_year(each, shown) for each in numbers)
        case "age":
            return shown.ages.issuperset(numbers)
        case "band":
            return match[0] in shown.bands
    value = value_of(match[0], language)
    return value in {"percent": shown.percents, "rise": shown.changes, "count": shown.counts}.get(
        kind, {-each for each in shown.changes}
    )


def is_year(year: int, shown: ShownNumbers) -> bool:
    """Whether a year is one that a report speaks of."""
    return FIRST_YEAR <= year <= shown.year + 1


def value_of(text: str, language: str) -> Decimal | None:
    """The number at the beginning of a text in the spelling of a language; None where none is."""
    number = re.match(SPELLINGS[language].number, text)
    if number is None:
        return None
    thousands, decimal = (".", ",") if language == "da" else (",", ".")
    return Decimal(number[0].replace(thousands, "").replace(" ", "").replace(decimal, "."))


def number_fault(lines: Iterable[str], language: str, shown: ShownNumbers) -> Text | None:
    """What is wrong with the numbers of some lines; None where nothing is."""
    strange = [number for line in lines for number in foreign_numbers(line, language, shown)]
    return refusal_of(strange) if strange else None


def refusal_of(numbers: list[str]) -> Text:
    """Which numbers are none of the section, and the rule."""
    names = ", ".join(dict.fromkeys(numbers))
    return Text(
        f"Her vises ikke {names}. Et tal i teksten skal stå i afsnittets egne tabeller eller være et af årenes samlede antal. Det "
        "skrives som dér: antal som antal, andele med pct., ændringer med flere eller færre. Årstal står efter et ord som i eller "
        "siden.",
        f"The report does not show {names} here. A number in the text must stand in the section's own tables or be the number of "
        "all persons of a year. It is written as it is there: counts as counts, shares with %, changes with more or fewer. Years "
        "stand after a word such as in or since.",
    )
