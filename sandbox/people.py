"""The identified persons: in a published year exactly those of its figures, in a sandbox of any size similar ones.

Persons get one attribute after another, so that a margin and every published cell are met exactly.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from random import Random

from cases.codelists.types import UNKNOWN
from cases.dictionary import PREPARED_RETURN
from sandbox import margins, weights
from sandbox.chance import draw, stream
from sandbox.profile import Profile, SandboxPerson, before_exploitation, detail_of, draw_profile, render
from stats import published
from stats.published import PREPARED_RETURN as PUBLISHED_RETURNS
from stats.published import FigureKind, FigureUnit

Attributes = dict[str, str]
Liking = Callable[[Mapping[str, str], str], float]


class DeadEnd(Exception):
    """The draws leave a person without a permitted code. The caller begins again with other draws."""


@dataclass(frozen=True, slots=True)
class Quota:
    """The demand that exactly `count` of the persons described by `where` have one of `codes`; `upto`: at most so many."""

    codes: frozenset[str]
    where: Mapping[str, frozenset[str]]
    count: int
    upto: bool = False

    def concerns(self, person: Mapping[str, str]) -> bool:
        """Whether the quota counts this person."""
        return all(person[name] in codes for name, codes in self.where.items())


def fill(
    people: Sequence[Attributes], name: str, urn: Counter[str], quotas: Sequence[Quota], liking: Liking, rng: Random
) -> None:
    """Give every person a code of `name` until the urn is empty. `liking` weighs a code for a person. Raises `DeadEnd`."""
    choices = restrict(people, urn, [quota for quota in quotas if not quota.upto], rng)
    rest, limits = Counter(urn), [quota for quota in quotas if quota.upto]
    places_left = [quota.count for quota in limits]
    # The person with the fewest permitted codes draws first; equal ones draw in random order.
    for index in sorted(range(len(people)), key=lambda i: (len(choices[i]), rng.random())):
        person = people[index]
        mine = [n for n, quota in enumerate(limits) if quota.concerns(person)]
        full = frozenset[str]().union(*(limits[n].codes for n in mine if not places_left[n]))
        codes = [code for code in urn if code in choices[index] - full and rest[code]]
        if not codes:
            raise DeadEnd
        code = rng.choices(codes, [rest[code] * liking(person, code) for code in codes])[0]
        person[name] = code
        rest[code] -= 1
        for n in mine:
            places_left[n] -= code in limits[n].codes


def restrict(
    people: Sequence[Attributes], urn: Counter[str], quotas: Sequence[Quota], rng: Random
) -> list[frozenset[str]]:
    """The codes that each person may have, after drawing which persons fill the quotas. Narrow quotas come first."""
    choices = [frozenset(urn)] * len(people)
    members_of = [[i for i, person in enumerate(people) if quota.concerns(person)] for quota in quotas]
    for quota, members in sorted(zip(quotas, members_of, strict=True), key=lambda pair: len(pair[1])):
        sure = {i for i in members if choices[i] <= quota.codes}
        free = [i for i in members if choices[i] & quota.codes and i not in sure]
        missing = quota.count - len(sure)
        if not 0 <= missing <= len(free):
            raise DeadEnd
        sample = sure.union(rng.sample(free, missing))
        for i in members:
            choices[i] = choices[i] & quota.codes if i in sample else choices[i] - quota.codes
    return choices


ATTEMPTS = 1_000
USUAL_CITIZENSHIPS = 27
# Age statistics of the centre: from 2021 on nobody under 15 or over 54 was identified.
NARROW_AGES_FROM = 2021
DECK = 12_000
NOT_YET = 0.04


def published_people(year: int, seed: int) -> list[SandboxPerson]:
    """The persons identified in a published year. They meet every figure of `stats.published`."""
    for attempt in range(ATTEMPTS):
        rng = stream(seed, year, attempt)
        try:
            people = fill_people(year, rng)
        except DeadEnd:
            continue
        return with_returns([render(profile_of(person, year, rng), rng) for person in people], year, seed)
    raise RuntimeError(f"the figures of {year} allow no population")


def with_returns(people: list[SandboxPerson], year: int, seed: int) -> list[SandboxPerson]:
    """The persons with the prepared returns of the year, where something is published of these; of the others they are drawn."""
    rng, codes_drawn, rest = stream(seed, year, "returns"), list[str](), dict(weights.PREPARED_RETURN)
    of_year = [(dict(each.cell)[PREPARED_RETURN.name], each.count) for each in PUBLISHED_RETURNS if each.first == year]
    # The figures of single codes come first, so that one which sums them is met by them.
    for codes, count in sorted(of_year, key=lambda pair: len(pair[0])):
        if rest.keys() >= set(codes):
            codes_drawn += rng.choices(codes, k=count)
            rest = {code: weight for code, weight in rest.items() if code not in codes}
    if not codes_drawn:
        return people
    codes_drawn += [draw(rest, rng) for _ in range(len(people) - len(codes_drawn))]
    rng.shuffle(codes_drawn)
    return [replace(person, prepared_return=code) for person, code in zip(people, codes_drawn, strict=True)]


def fill_people(year: int, rng: Random) -> list[Attributes]:
    """Persons with form, detail, gender, age group and citizenship. Raises `DeadEnd`."""
    people = [{"exploitation": code} for code in margins.margin(year, "exploitation").elements()]
    rng.shuffle(people)
    give_details(people, year, rng)
    fill(people, "gender", margins.margin(year, "gender"), quotas(year, "gender"), likes_gender, rng)
    fill(people, "age_band", margins.margin(year, "age_band"), quotas(year, "age_band"), likes_age, rng)
    fill(
        people, "citizenship", citizenships(year, len(people), rng), quotas(year, "citizenship"), likes_citizenship, rng
    )
    return people


def give_details(people: list[Attributes], year: int, rng: Random) -> None:
    """Give each person a detail: the published details of a form, or drawn ones."""
    for form in sorted({person["exploitation"] for person in people}):
        members = [person for person in people if person["exploitation"] == form]
        detail_types = list(Counter(margins.DETAILS.get((year, form), {})).elements())
        details = detail_types or [detail_of(form, rng) for _ in members]
        for person, detail in zip(members, details, strict=True):
            person["exploitation_detail"] = detail


# A cell is decided when its last attribute in this order is given.
ORDER = ("exploitation", "exploitation_detail", "gender", "age_band", "citizenship")


def quotas(year: int, name: str) -> list[Quota]:
    """The published cells of a year that are decided when `name` is given, without the margin itself."""
    quotas_found = []
    for figure in published.of_year(year, FigureKind.FINAL):
        if not figure.cell or max(figure.dimensions, key=ORDER.index) != name:
            continue
        if name in margins.MARGINS and figure.dimensions == (name,):
            continue
        where = {other: frozenset(codes) for other, codes in figure.cell if other != name}
        quotas_found.append(Quota(margins.codes_of(figure, name), where, figure.greatest, upto=not figure.is_exact))
    return quotas_found


def likes_gender(person: Mapping[str, str], code: str) -> float:
    """The weight of a gender for the person's form of exploitation."""
    return weights.GENDER_OF_FORM.get(person["exploitation"], {}).get(code, 1)


def likes_age(person: Mapping[str, str], code: str) -> float:
    """The weight of an age group for the person's form of exploitation."""
    return weights.MINOR_OF_FORM.get(person["exploitation"], 1) if code == margins.UNDER_18 else 1


def likes_citizenship(person: Mapping[str, str], code: str) -> float:
    """The weight of a citizenship for the person's form of exploitation."""
    return weights.CITIZENSHIP_OF_FORM.get(person["exploitation"], weights.CITIZENSHIP_ELSE).get(code, 0.2)


def citizenships(year: int, size: int, rng: Random) -> Counter[str]:
    """The number of persons of each citizenship: the published counts, the published number of different ones, the rest drawn."""
    of_year = [(next(iter(quota.codes)), quota) for quota in quotas(year, "citizenship")]
    exact = {code: quota.count for code, quota in of_year if not quota.where and not quota.upto}
    most = {code: quota.count for code, quota in of_year if quota.upto}
    least = {**dict.fromkeys(most, 1), **{code: quota.count for code, quota in of_year if quota.where}}
    urn = Counter({code: count for code, count in {**least, **exact}.items() if count})
    distinct = published.total(year, measure=FigureUnit.CITIZENSHIPS) or len(urn) if most else USUAL_CITIZENSHIPS
    pool = {code: weight for code, weight in all_weights().items() if code not in exact}
    while len(urn) < distinct:
        urn[draw({code: weight for code, weight in pool.items() if code not in urn}, rng)] = 1
    while urn.total() < size:
        urn[
            draw(
                {code: pool.get(code, 1) for code in urn if code not in exact and urn[code] < most.get(code, size)}, rng
            )
        ] += 1
    return urn


@cache
def all_weights() -> Mapping[str, float]:
    """The weight of each citizenship over all forms."""
    counts: Counter[str] = Counter()
    for table in (*weights.CITIZENSHIP_OF_FORM.values(), weights.CITIZENSHIP_ELSE):
        for code, weight in table.items():
            counts[code] += weight  # type: ignore[assignment]
    return counts


def profile_of(person: Attributes, year: int, rng: Random) -> Profile:
    """The person's profile, with an age band inside its age group."""
    return draw_profile(
        gender=person["gender"],
        age_band=band_of(person["age_band"], year, rng),
        citizenship=person["citizenship"],
        exploitation=person["exploitation"],
        detail=person["exploitation_detail"],
        year=year,
        rng=rng,
    )


def band_of(group: str, year: int, rng: Random) -> str:
    """An age band of a group. An adult of unknown age is possible only where the division at 25 is not published."""
    narrow = year >= NARROW_AGES_FROM
    if group == margins.UNDER_18:
        return "Y15T17" if narrow else draw(weights.BANDS_UNDER_18, rng)
    if group == margins.FROM_25:
        bands = {
            code: w for code, w in weights.BANDS_FROM_25.items() if not (narrow and code in {"Y_GE55", "_U_ADULT"})
        }
        return draw(bands, rng)
    return group


def deck(years: Iterable[int], seed: int, size: int = DECK) -> list[SandboxPerson]:
    """Persons similar to the published ones, a quarter of them with any citizenship. A sandbox draws them with replacement."""
    rng = stream(seed, "deck")
    models = [person.profile for year in published.YEARS for person in published_people(year, seed)]
    drawn_years = list(years)
    return [render(similar_profile(rng.choice(models), rng.choice(drawn_years), rng), rng) for _ in range(size)]


def similar_profile(model: Profile, year: int, rng: Random) -> Profile:
    """A person of the same gender, age and form as a published one."""
    spread = rng.random() < weights.SPREAD_OF_COUNTRIES
    return draw_profile(
        gender=model.gender,
        age_band=model.age_band,
        citizenship=rng.choice(weights.ALL_COUNTRIES) if spread else model.citizenship,
        exploitation=model.exploitation,
        detail=detail_of(model.exploitation, rng),
        year=year,
        rng=rng,
    )


def suspects(people: list[SandboxPerson], seed: int) -> list[SandboxPerson]:
    """Persons who are not identified: like the others, but some were met before any exploitation."""
    rng = stream(seed, "suspects")
    return [
        render(before_exploitation(person.profile), rng)
        if rng.random() < NOT_YET and person.profile.exploitation != UNKNOWN
        else person
        for person in people
    ]
