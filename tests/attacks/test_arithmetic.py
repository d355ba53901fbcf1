"""Sums and differences of what is published: margins (2), overlaps (3), everything at once by integer programming (4)."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest

from tests.attacks.crawl import Reader, crawl, unoffered
from tests.attacks.lattice import System, systems
from tests.attacks.population import population, truth
from tests.attacks.reconstruct import Claim, overlaps, reconstruct, subtraction
from tests.attacks.scores import Report, Score, Scored
from tests.attacks.weakbuild import SPARE, publish_spare, without_complements
from tests.attacks.world import EVERY, ONE_WAY, POOL, World

pytestmark = pytest.mark.django_db
PEOPLE = population()
THRESHOLD = 5
Attack = Callable[[System], list[Claim]]


def recovered(
    reader: Reader, attack: Callable[[list[System]], list[Claim]], only: Iterable[str] | None = None
) -> Score:
    """How many hidden cells an attack recovers, or of how many small ones it is certain that they are small.

    The small cells of a table that is not answered are secrets too; its others were audited as if they were shown.
    """
    seen, silent = crawl(reader, EVERY, only), unoffered(reader, only)
    claims = attack(systems([*seen, *silent]))
    for claim in claims:
        assert claim.low <= truth(PEOPLE, claim.cell) <= (claim.high or 0), claim
    every = [cell for cell in [*seen, *silent] if cell.hidden and not cell.quiet]
    small = {cell.place for cell in every if 0 < truth(PEOPLE, cell) < THRESHOLD}
    secret = small | {cell.place for cell in seen if cell.hidden}
    found = {claim.cell.place for claim in claims if claim.exact or claim.cell.place in small}
    return Score(len(found & secret), len(secret))


def each(attack: Attack) -> Callable[[list[System]], list[Claim]]:
    """An attack on every system."""
    return lambda every: [claim for one in every for claim in attack(one)]


ATTACKS = {
    "2 margin subtraction": each(subtraction),
    "3 overlaps, complements": each(overlaps),
    "4 integer programming": reconstruct,
}
# The part of the hidden cells that an attack must find where nothing but the small cells is hidden.
LEAST = {"2 margin subtraction": 0.5, "3 overlaps, complements": 0.05, "4 integer programming": 0.6}


@pytest.mark.parametrize("name", ATTACKS)
def test_hidden_cells_are_not_recovered(
    name: str, world: World, report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    result = recovered(world.anonymous, ATTACKS[name])
    without_complements(monkeypatch)
    publish_spare(ONE_WAY, POOL)
    power = recovered(world.anonymous, ATTACKS[name], SPARE)
    report(Scored(name, "hidden cells recovered", "no complementary cells", power, result))
    assert power.hits >= LEAST[name] * power.of
    assert result.hits == 0


def test_attackers_know_what_everybody_is_told(world: World) -> None:
    hidden = [cell for cell in crawl(world.anonymous, EVERY) if cell.hidden]
    assert any(cell.low > 0 for cell in hidden)
    assert all(cell.high is not None for cell in hidden)
