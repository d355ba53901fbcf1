"""The places of the sandbox's shelters: a stock, which is not drawn but said, and the nights that are used of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random

from cases.services.content import Line
from cases.services.periods import CountPeriod
from sandbox.counts.shapes import years
from sandbox.organisations import SandboxRole

TURNED_AWAY, WAITING = (0, 0, 0, 1, 1, 2, 3), (0, 0, 1, 1, 2)


@dataclass(frozen=True, eq=False)
class ShelterPlaces:
    """The places of a shelter by year. `more`: so many further ones in a month, by its period."""

    role: SandboxRole
    region: str
    kind: str
    places: Mapping[int, int]
    more: Mapping[str, int]

    def line(self, period: CountPeriod, rng: Random) -> Line:
        """What is reported of a month."""
        places = self.places[period.year] + self.more.get(period.id, 0)
        return {
            "region": self.region,
            "places_for": self.kind,
            "places": places,
            "nights": round(places * period.days * rng.uniform(0.7, 0.98)),
            "turned_away": rng.choice(TURNED_AWAY),
            "waiting": rng.choice(WAITING),
        }


# 2019 is published: 7 places in Copenhagen, two more at the peak, and 2 in Aalborg.
SHELTERS = (
    ShelterPlaces(SandboxRole.SHELTER, "DK01", "WOMEN", years(7, 7, 7, 7, 7, 7, 8, 8, 9), {"2019-05": 2}),
    ShelterPlaces(SandboxRole.OUTREACH, "DK04", "WOMEN", years(4, 4, 4, 4, 5, 5, 5, 5, 6), {}),
    ShelterPlaces(SandboxRole.ADVICE, "DK04", "MIXED", years(3, 3, 4, 4, 5, 5, 6, 6, 7), {}),
    ShelterPlaces(SandboxRole.SHELTER, "DK04", "MIXED", years(3, 3, 3, 3, 3, 3, 4, 4, 4), {}),
    ShelterPlaces(SandboxRole.MUNICIPALITY, "DK05", "WOMEN", years(2, 2, 2, 2, 2, 2, 2, 3, 3), {}),
    ShelterPlaces(SandboxRole.CENTRE, "DK04", "MIXED", years(3, 3, 4, 4, 4, 4, 5, 5, 6), {}),
)
