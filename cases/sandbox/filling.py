"""Giving persons one attribute after another so that a margin and every published cell come out exactly."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from random import Random

Attributes = dict[str, str]
Liking = Callable[[Mapping[str, str], str], float]


class DeadEnd(Exception):
    """The draws so far leave a person without a permitted code: begin again with other draws."""


@dataclass(frozen=True, slots=True)
class Quota:
    """Exactly `count` of the persons that `where` describes have one of `codes`."""

    codes: frozenset[str]
    where: Mapping[str, frozenset[str]]
    count: int

    def concerns(self, person: Mapping[str, str]) -> bool:
        """Whether the person is one of those that the quota counts."""
        return all(person[name] in codes for name, codes in self.where.items())


def fill(
    people: Sequence[Attributes], name: str, urn: Counter[str], quotas: Sequence[Quota], liking: Liking, rng: Random
) -> None:
    """Give every person a code of `name`, using the urn up. `liking` weighs a code for a person. Raises `DeadEnd`."""
    permitted = restrict(people, urn, quotas, rng)
    left = Counter(urn)
    # Whoever has least choice draws first; the others in random order.
    for index in sorted(range(len(people)), key=lambda i: (len(permitted[i]), rng.random())):
        person = people[index]
        codes = [code for code in urn if code in permitted[index] and left[code]]
        if not codes:
            raise DeadEnd
        code = rng.choices(codes, [left[code] * liking(person, code) for code in codes])[0]
        person[name] = code
        left[code] -= 1


def restrict(
    people: Sequence[Attributes], urn: Counter[str], quotas: Sequence[Quota], rng: Random
) -> list[frozenset[str]]:
    """The codes that each person may have once it is drawn who fills the quotas; the narrow quotas come first."""
    permitted = [frozenset(urn)] * len(people)
    members_of = [[i for i, person in enumerate(people) if quota.concerns(person)] for quota in quotas]
    for quota, members in sorted(zip(quotas, members_of, strict=True), key=lambda pair: len(pair[1])):
        sure = {i for i in members if permitted[i] <= quota.codes}
        free = [i for i in members if permitted[i] & quota.codes and i not in sure]
        missing = quota.count - len(sure)
        if not 0 <= missing <= len(free):
            raise DeadEnd
        chosen = sure.union(rng.sample(free, missing))
        for i in members:
            permitted[i] = permitted[i] & quota.codes if i in chosen else permitted[i] - quota.codes
    return permitted
