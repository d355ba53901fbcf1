"""An improbable combination, what several of them ask of a row, and those of what was done to the person, and where."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from cases.codelists.countries import FREE_MOVEMENT_OUTSIDE_EU, is_eu_member
from cases.fields import as_codes
from cases.rules import UNINFORMATIVE, Values
from core.text import Text

# The special act on persons displaced from Ukraine came into force on 17 March 2022 (act 324 of 16 March 2022).
PROTECTION_SINCE = date(2022, 3, 1)


@dataclass(frozen=True, slots=True)
class ImprobableCombination:
    """One soft check of a row.

    `about`: why it is improbable, and what to do. `example`: changes to the dictionary's example record that meet it.
    """

    code: str
    field: str
    detail: Text
    about: Text
    is_met_by: Callable[[Values], bool]
    example: Mapping[str, object]


def any_of(values: Values, names: Iterable[str], codes: frozenset[str]) -> bool:
    """Whether one of the sets has one of the codes."""
    return any(code in codes for name in names for code in as_codes(values[name]))


def moves_freely(values: Values) -> bool:
    """Whether the citizenship alone gives free movement, in the month of the referral."""
    month = values["referred_in"]
    country = str(values["citizenship"])
    return country in FREE_MOVEMENT_OUTSIDE_EU or (isinstance(month, date) and is_eu_member(country, month))


def is_before_protection(values: Values) -> bool:
    """Whether the month of the referral is before the act on temporary protection."""
    month = values["referred_in"]
    return isinstance(month, date) and month < PROTECTION_SINCE


DURING_EXPLOITATION = frozenset({"TAKES_EARNINGS", "EXCESSIVE_WORKING_HOURS"})
PLACES_OF_PROSTITUTION = frozenset({"MASSAGE_CLINIC", "ESCORT_ONLINE"})

OF_EXPLOITATION: tuple[ImprobableCombination, ...] = (
    ImprobableCombination(
        "duration_before_exploitation",
        "duration",
        Text("Endnu ikke udnyttet, og dog med en varighed.", "Not exploited yet, and still with a duration."),
        Text(
            "NOT_YET betyder, at udnyttelsen ikke er begyndt. Så har den ingen varighed: udelad den, eller ret "
            "exploited_in.",
            "NOT_YET says that exploitation has not begun. So it has no duration: leave it out, or correct "
            "exploited_in.",
        ),
        lambda v: v["exploited_in"] == "NOT_YET" and v["duration"] not in UNINFORMATIVE,
        {"exploited_in": "NOT_YET", "minor_when_exploited": "_Z", "duration": "M7T12"},
    ),
    ImprobableCombination(
        "control_before_exploitation",
        "means_of_control",
        Text(
            "Endnu ikke udnyttet, og dog fastholdt gennem arbejdet.",
            "Not exploited yet, and still controlled through the work.",
        ),
        Text(
            "At indtjeningen tages, eller at arbejdstiden er urimelig, forudsætter, at udnyttelsen er begyndt. Ret et "
            "af felterne, eller bekræft, at det var et andet, lovligt arbejde.",
            "Taking the earnings and excessive hours need an exploitation that has begun. Correct one of the fields, "
            "or confirm that it was other, lawful work.",
        ),
        lambda v: v["exploited_in"] == "NOT_YET" and any_of(v, ["means_of_control"], DURING_EXPLOITATION),
        {
            "exploited_in": "NOT_YET",
            "minor_when_exploited": "_Z",
            "duration": "_N",
            "means_of_control": ["TAKES_EARNINGS"],
        },
    ),
    ImprobableCombination(
        "adoption_of_adult",
        "exploitation",
        Text("Ulovlig adoption rammer et barn.", "Illegal adoption is of a child."),
        Text(
            "Ved ADOPTION er personen barnet, der blev adopteret: brug minor_when_exploited YES. Er personen moren, "
            "er formen en anden, for eksempel SURROGACY eller `_O`.",
            "With ADOPTION the person is the child that was adopted: use minor_when_exploited YES. Where the person "
            "is the mother, the form is another, such as SURROGACY or `_O`.",
        ),
        lambda v: v["exploitation"] == "ADOPTION" and v["minor_when_exploited"] == "NO",
        {"exploitation": "ADOPTION", "exploitation_detail": "_Z", "minor_when_exploited": "NO"},
    ),
    ImprobableCombination(
        "unheard_of_in_denmark",
        "exploited_in",
        Text(
            "Denne udnyttelsesform er ikke kendt i Danmark.", "This form of exploitation has not been known in Denmark."
        ),
        Text(
            "Fjernelse af organer og tvungen krigstjeneste er sket i udlandet, i de sager centret kender: brug "
            "ABROAD, eller bekræft, og ring til centret.",
            "Removal of organs and forced military service happened abroad in the cases that the centre knows: use "
            "ABROAD, or confirm it, and call the centre.",
        ),
        lambda v: v["exploitation"] in {"ORGAN", "MILITARY"} and v["exploited_in"] == "DENMARK",
        {"exploitation": "ORGAN", "exploitation_detail": "_Z", "exploited_in": "DENMARK"},
    ),
    ImprobableCombination(
        "work_met_in_prostitution",
        "exploitation",
        Text(
            "Truffet i prostitution, men udnyttet til andet arbejde alene.",
            "Met in prostitution, but exploited for other work alone.",
        ),
        Text(
            "På en massageklinik eller gennem en escortannonce er udnyttelsen oftest seksuel. Er den det også, så sæt "
            "SEXUAL i exploitation_also; er det rengøring eller andet arbejde alene, så bekræft.",
            "At a massage clinic or through an escort advertisement the exploitation is mostly sexual. Where it is "
            "that too, put SEXUAL in exploitation_also; where it is cleaning or other work alone, confirm it.",
        ),
        lambda v: (
            v["setting"] in PLACES_OF_PROSTITUTION
            and v["exploitation"] in {"LABOUR", "DOMESTIC"}
            and "SEXUAL" not in as_codes(v["exploitation_also"])
        ),
        {
            "setting": "MASSAGE_CLINIC",
            "exploitation": "LABOUR",
            "exploitation_detail": "LABOUR_C",
            "exploitation_also": [],
        },
    ),
)
