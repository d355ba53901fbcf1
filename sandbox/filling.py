"""Giving persons one attribute after another, so that a margin and every published cell are met exactly."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from random import Random

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
