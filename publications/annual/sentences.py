"""Sentences in both languages from numbers and words, with the names of codes and the words for shares.

Where a code has no phrase here, the label of its code list stands. No sentence depends on the phrases being complete: a code that
is added is named by its label. A share is in words where the words are true of it: nobody's share is "almost half" that is not.
Shares are compared as whole numbers, so that no rounding makes a claim.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from cases.codelists.types import Code
from cases.dimensions import Axis
from core.text import NO_TEXT, Text
from stats.reading.marks import number
from stats.reading.measures import Value

AND, OR = Text("og", "and"), Text("eller", "or")
Word = Text | str | Value


def fill(template: Text, **words: Word) -> Text:
    """A sentence with its words and numbers, each as its language writes it."""
    return Text(
        *(template(each).format(**{name: word_in(word, each) for name, word in words.items()}) for each in Text._fields)
    )


def word_in(word: Word, language: str) -> str:
    """A word or a number in a language."""
    if isinstance(word, Text):
        return word(language)
    return word if isinstance(word, str) else number(word, language)


def magnitude(value: Value) -> int | Decimal:
    """A number without its sign; 0 for none."""
    quantity = value or 0
    return -quantity if quantity < 0 else quantity


def listing(items: Sequence[Text], word: Text = AND) -> Text:
    """Items with commas, and an "and" before the last, or another word."""
    return Text(*(join([item(language) for item in items], word(language)) for language in Text._fields))


def join(items: Sequence[str], word: str) -> str:
    """The same in one language."""
    return f" {word} ".join(filter(None, (", ".join(items[:-1]), items[-1]))) if items else ""


def paragraph(*sentences: Text | None) -> Text | None:
    """Sentences after one another; None where there are none."""
    there = [each for each in sentences if each is not None]
    return Text(*(" ".join(each(language) for each in there) for language in Text._fields)) if there else None


def capital(text: Text) -> Text:
    """A sentence with a capital at its beginning."""
    return Text(*(f"{each[:1].upper()}{each[1:]}" for each in text))


Pair = tuple[Text, Text]
NOTHING: Pair = (NO_TEXT, NO_TEXT)


@dataclass(frozen=True)
class Phrase:
    """The words before a code's name, and the names that differ from the labels.

    `verbal` is what stands after "was" or "were": before the first name of a list, and before the others. `nominal` is the same
    where a noun is needed. `proper`: labels keep their capitals.
    """

    verbal: Pair = NOTHING
    nominal: Pair = NOTHING
    names: Mapping[str, Text] = field(default_factory=dict)
    proper: bool = False

    def name(self, code: Code) -> Text:
        """A code within a sentence."""
        if code.code in self.names:
            return self.names[code.code]
        return code.label if self.proper else Text(*(lower_first(each) for each in code.label))


def lower_first(text: str) -> str:
    """A label within a sentence. One that begins with capitals, as EU does, keeps them."""
    return text if text[1:2].isupper() else f"{text[:1].lower()}{text[1:]}"


FOR = Text("til ", "for ")
TRAFFICKED: Pair = (Text("handlet til ", "trafficked for "), FOR)
VICTIMS_TRAFFICKED: Pair = (Text("ofre handlet til ", "victims trafficked for "), FOR)
AGED: Pair = (Text("i alderen ", "aged "), Text("i alderen ", "aged "))
VICTIMS_AGED: Pair = (Text("ofre i alderen ", "victims aged "), Text("i alderen ", "aged "))
VICTIMS: Pair = (Text("ofre på ", "victims "), Text("på ", ""))
CITIZENS: Pair = (Text("statsborgere i ", "citizens of "), Text("i ", "of "))
OF_COUNTRIES: Pair = (Text("statsborgere i lande i ", "citizens of countries in "), Text("i ", "in "))
MET: Pair = (Text("truffet i ", "met "), Text("i ", ""))
VICTIMS_MET: Pair = (Text("ofre truffet i ", "victims met "), Text("i ", ""))
ABROAD = Text("udlandet", "abroad")
# By the id of an axis.
PHRASES: Mapping[str, Phrase] = {
    "gender": Phrase(
        names={
            "F": Text("kvinder", "women"),
            "M": Text("mænd", "men"),
            "X": Text("transkønnede eller andre", "transgender or other persons"),
        }
    ),
    "age_band": Phrase(AGED, VICTIMS_AGED),
    "age_band.age18": Phrase(
        nominal=VICTIMS,
        names={"Y_LT18": Text("under 18 år", "aged under 18"), "Y_GE18": Text("mindst 18 år", "aged 18 or over")},
    ),
    "age_band.age25": Phrase(
        nominal=VICTIMS,
        names={"Y_LT25": Text("under 25 år", "aged under 25"), "Y_GE25": Text("mindst 25 år", "aged 25 or over")},
    ),
    "exploitation": Phrase(TRAFFICKED, VICTIMS_TRAFFICKED),
    "exploitation.form": Phrase(
        TRAFFICKED, VICTIMS_TRAFFICKED, {"SEX": Text("seksuel udnyttelse", "sexual exploitation")}
    ),
    "citizenship": Phrase(CITIZENS, CITIZENS, proper=True),
    "citizenship.continent": Phrase(
        OF_COUNTRIES, OF_COUNTRIES, {"_STATELESS": Text("intet land", "no country")}, proper=True
    ),
    "citizenship.eu": Phrase(
        names={
            "NATIONAL": Text("danske statsborgere", "Danish citizens"),
            "OTHER_EU": Text("borgere i et andet EU-land", "citizens of another EU country"),
            "NON_EU": Text("borgere i et land uden for EU", "citizens of a non-EU country"),
        }
    ),
    "region": Phrase(
        MET,
        VICTIMS_MET,
        {
            "DK01": Text("Region Hovedstaden", "in the Capital Region of Denmark"),
            "DK02": Text("Region Sjælland", "in Region Zealand"),
            "DK03": Text("Region Syddanmark", "in the Region of Southern Denmark"),
            "DK04": Text("Region Midtjylland", "in the Central Denmark Region"),
            "DK05": Text("Region Nordjylland", "in the North Denmark Region"),
            "ABROAD": ABROAD,
        },
    ),
    "region.country": Phrase(MET, VICTIMS_MET, {"DENMARK": Text("Danmark", "in Denmark"), "ABROAD": ABROAD}),
}
PLAIN = Phrase()


def phrase_of(axis: Axis) -> Phrase:
    return PHRASES.get(axis.id, PLAIN)


@dataclass(frozen=True, slots=True)
class ShareWords:
    """Words for the shares from `least` up to `most`, both among them."""

    least: Fraction
    most: Fraction
    words: Text


def percent(least: int, most: int, da: str, en: str) -> ShareWords:
    """Words for shares between two percentages."""
    return ShareWords(Fraction(least, 100), Fraction(most, 100), Text(da, en))


# The first that holds is meant. Between them there is room: a share without words of its own is told by its number.
SHARES = (
    percent(100, 100, "Alle ofre", "All victims"),
    percent(95, 100, "Næsten alle ofre", "Almost all victims"),
    percent(72, 78, "Omkring tre ud af fire ofre", "About three in four victims"),
    percent(64, 69, "Omkring to ud af tre ofre", "About two in three victims"),
    percent(50, 50, "Halvdelen af ofrene", "Half of the victims"),
    ShareWords(
        Fraction(50, 100), Fraction(55, 100), Text("Lidt over halvdelen af ofrene", "Just over half of the victims")
    ),
    ShareWords(Fraction(45, 100), Fraction(50, 100), Text("Næsten halvdelen af ofrene", "Almost half of the victims")),
    percent(80, 95, "Langt de fleste ofre", "The vast majority of victims"),
    ShareWords(
        Fraction(55, 100), Fraction(95, 100), Text("Mere end halvdelen af ofrene", "More than half of the victims")
    ),
    percent(31, 36, "Omkring en tredjedel af ofrene", "About a third of the victims"),
    percent(23, 27, "Omkring en fjerdedel af ofrene", "About a quarter of the victims"),
)


def share_in_words(part: int, whole: int) -> Text | None:
    """`part` of `whole` persons in words; None where none are true of it."""
    if not 0 < part <= whole:
        return None
    share = Fraction(part, whole)
    return next((each.words for each in SHARES if each.least <= share <= each.most), None)
