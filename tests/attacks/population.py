"""Persons of three small years, with the planted ones that attackers are after. Nobody here is real; all follows from a seed."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from cases.dimensions import PERSONS
from tests.attacks.crawl import Seen
from tests.attacks.lattice import span

YEARS = {2011: 84, 2012: 97, 2013: 110}
# Years that nobody has published yet: attacks that compare builds build them.
SPARE = {2009: 80, 2010: 90}
NGO, POLICE, OTHER = "NGO", "POLICE", "MUNICIPALITY"
COUNTRIES = {
    "RO": (22, "F", "SEXUAL"),
    "BG": (9, "M", "LABOUR"),
    "HR": (3, "M", "LABOUR"),
    "RS": (2, "F", "CRIMINAL"),
    "NG": (20, "F", "SEXUAL"),
    "UG": (7, "F", "SEXUAL"),
    "TH": (9, "F", "SEXUAL"),
    "VN": (9, "M", "CRIMINAL"),
    "PH": (10, "F", "DOMESTIC"),
    "NP": (3, "M", "LABOUR"),
    "CO": (2, "F", "SEXUAL"),
    "US": (1, "M", "_O"),
    "_STATELESS": (1, "M", "_U"),
    "_U": (2, "X", "_U"),
}
AGES = {"Y15T17": 4, "Y18T24": 30, "Y25T34": 34, "Y35T44": 20, "Y45T54": 9, "_U": 3}
REGIONS = {"DK01": 46, "DK02": 7, "DK03": 17, "ABROAD": 2, "_U": 2}


@dataclass(frozen=True, slots=True)
class Person:
    """One person: the month of the decision, the submitted codes, and the partner that referred it."""

    id: UUID
    month: date
    codes: Mapping[str, str]
    partner: str

    def is_in(self, axes: Iterable[str], codes: Iterable[str]) -> bool:
        """Whether the person has these codes on these axes."""
        return all(
            PERSONS.axes[axis].code_of(self.codes[PERSONS.axes[axis].dimension], self.month) == code
            for axis, code in zip(axes, codes, strict=True)
        )


def population(seed: int = 7) -> list[Person]:
    """Everybody, the planted included."""
    rng = random.Random(seed)
    people = [drawn(rng, year, n) for year, persons in (YEARS | SPARE).items() for n in range(persons)]
    return [*people, *planted(people)]


def drawn(rng: random.Random, year: int, number: int) -> Person:
    """A person by chance; country, gender and exploitation hang together, so that tables have their zeros."""
    country = rng.choices(list(COUNTRIES), [weight for weight, _, _ in COUNTRIES.values()])[0]
    _, gender, form = COUNTRIES[country]
    if rng.random() < 0.2:
        gender, form = rng.choice("FM"), rng.choice(["SEXUAL", "LABOUR", "CRIMINAL"])
    codes = {
        "citizenship": country,
        "gender": gender,
        "exploitation": form,
        "age_band": rng.choices(list(AGES), list(AGES.values()))[0],
        "region": rng.choices(list(REGIONS), list(REGIONS.values()))[0],
    }
    partner = rng.choices([NGO, POLICE, OTHER], [5, 3, 2])[0]
    return Person(UUID(int=rng.getrandbits(128), version=4), date(year, 1 + number % 12, 1), codes, partner)


def planted(people: list[Person]) -> list[Person]:
    """A unique of 2012; a region whose eighteen all were exploited for labour; a region of 2010 and one of 2013 that
    one partner knows but for one person.
    """
    rng = random.Random(11)
    like = people[0]

    def one(month: date, partner: str, **codes: str) -> Person:
        name = UUID(int=rng.getrandbits(128), version=4)
        return replace(like, id=name, month=month, codes={**like.codes, **codes}, partner=partner)

    unique = one(date(2012, 5, 1), OTHER, citizenship="BR", gender="X", exploitation="ORGAN", region="ABROAD")
    group = [
        one(
            date(year + n % years, 1 + n % 12, 1),
            (POLICE, OTHER)[n % 2],
            region="DK05",
            exploitation="LABOUR",
            gender="MF"[n % 2],
        )
        for year, years in ((2010, 1), (2011, 3))
        for n in range(18)
    ]
    coalition = [
        one(date(year, 1 + n % 12, 1), NGO if n else POLICE, region="DK04", gender="F")
        for year in (2010, 2013)
        for n in range(16)
    ]
    return [unique, *group, *coalition]


def count(people: Iterable[Person], period: str, axes: Iterable[str], codes: Iterable[str]) -> int:
    """The true count of a cell."""
    first, last = span(period)
    axes, codes = tuple(axes), tuple(codes)
    return sum(first <= person.month <= last and person.is_in(axes, codes) for person in people)


def truth(people: Iterable[Person], seen: Seen) -> int:
    """The true count of a cell that was seen."""
    return count(people, seen.period, seen.axes, seen.codes)
