"""How the codes of an axis are named within a sentence. Where nothing is written here, the label of the code list stands.

No sentence depends on these being complete: a code that is added is named by its label.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from cases.codelists.types import Code
from cases.dimensions import Axis
from core.text import NO_TEXT, Text

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
