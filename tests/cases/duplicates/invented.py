"""Invented rows for the search: persons like those of the sandbox, some referred twice with the usual errors."""

from __future__ import annotations

from functools import cache
from random import Random
from uuid import UUID

from cases.duplicates.table import FIELDS, ReferralRow
from sandbox import people, weights
from sandbox.chance import draw, stream
from sandbox.profile import Profile
from stats import published

Codes = dict[str, str]
Pair = tuple[UUID, UUID]
START = 24_000
# How often a second referral of the same person does not know a field, and how often it says what another person would.
MISTAKES = {
    "exploitation": (0.03, 0.06),
    "citizenship": (0.03, 0.03),
    "gender": (0.01, 0.01),
    "age_band": (0.05, 0.10),
    "exploitation_detail": (0.15, 0.10),
    "residence_basis": (0.10, 0.12),
    "minor_when_exploited": (0.08, 0.05),
    "exploited_in": (0.08, 0.12),
    "region": (0.02, 0.30),
    "recruiter": (0.15, 0.20),
    "duration": (0.15, 0.25),
}


@cache
def models() -> list[Profile]:
    """The persons of the published years."""
    return [person.profile for year in published.YEARS for person in people.published_people(year, 1)]


def person(rng: Random) -> Codes:
    """The codes of a person."""
    profile = people.similar_profile(rng.choice(models()), 2023, rng)
    met = {"region": weights.REGION, "recruiter": weights.RECRUITER, "duration": weights.DURATION}
    return {
        field.name: draw(met[field.name], rng) if field.name in met else getattr(profile, field.name)
        for field in FIELDS
    }


def similar_codes(codes: Codes, rng: Random) -> Codes:
    """What a second referral says of the same person."""
    other, said = person(rng), dict(codes)
    for name, (unknown, wrong) in MISTAKES.items():
        chance = rng.random()
        if chance < unknown + wrong:
            said[name] = "_U" if chance < unknown else other[name]
    return said


def row(rng: Random, codes: Codes, month: int) -> ReferralRow:
    """A referral of a new person."""
    return ReferralRow(UUID(int=rng.getrandbits(128), version=4), month, tuple(codes[field.name] for field in FIELDS))


def year(
    referrals: int, *, months: int, twins: float, seed: int, together: float = 0
) -> tuple[list[ReferralRow], set[Pair]]:
    """Referrals over some months, and the planted pairs: for a share of persons a second one, mostly within three months.

    `together`: the share of referrals of persons who were met with others in one place, and say much the same.
    """
    rng = stream(seed, "duplicates")
    rows: list[ReferralRow] = []
    planted: set[Pair] = set()
    while len(rows) < referrals:
        codes, month = person(rng), START + rng.randrange(months)
        others = rng.randint(1, 11) if rng.random() < together / 6 else 0
        for each in [codes, *(beside(codes, rng) for _ in range(others))]:
            rows.append(row(rng, each, month))
            if rng.random() < twins:
                rows.append(row(rng, similar_codes(each, rng), month + min(int(rng.expovariate(1 / 3)), 11)))
                planted.add(ordered(rows[-1].person, rows[-2].person))
    rng.shuffle(rows)
    return rows, planted


def beside(codes: Codes, rng: Random) -> Codes:
    """Somebody met with a person: the same work and place, often another age, sometimes another citizenship."""
    other = person(rng)
    changes = {"age_band": 0.5, "citizenship": 0.2, "duration": 0.15}
    return {**codes, **{name: other[name] for name, share in changes.items() if rng.random() < share}}


def ordered(one: UUID, other: UUID) -> Pair:
    """The smaller first."""
    return (min(one, other), max(one, other))
