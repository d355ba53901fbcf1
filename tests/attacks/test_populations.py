"""For each rule a town in which it alone protects. Without the rule the build passes its audit, and the attack succeeds."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from cases.models import Case
from stats import published
from stats.models import Proof
from tests.attacks.populations import POPULATIONS, Population, of_small
from tests.attacks.weakbuild import undone
from tests.stats.publishing.town import Town, draw_alike

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def alike(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same noise in every run: it comes of the keys of releases and of the ids of persons."""
    settings.HENVIS_KEYS = tmp_path / "keys"
    draw_alike(monkeypatch)
    rng = random.Random(10)
    monkeypatch.setattr(Case._meta.get_field("id"), "_get_default", lambda: UUID(int=rng.getrandbits(128), version=4))


@pytest.mark.parametrize("population", POPULATIONS, ids=lambda population: population.name)
def test_one_rule_alone_protects(population: Population, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(published, "known_figures", lambda: iter(population.told))
    with undone():
        assert not population.attack(Town())
    population.without(monkeypatch)
    assert population.attack(Town())


def test_a_build_that_passed_has_room_to_spare_and_never_less_than_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """Four persons may as well be two, which is demanded, and fewer, which is to spare."""
    monkeypatch.setattr(published, "known_figures", lambda: iter(()))
    assert not of_small(Town())
    (rooms,) = [proof.margins["audit"]["region"] for proof in Proof.objects.all()]
    assert {"cells", "public"} < rooms.keys()
    assert min(room for kinds in rooms.values() for room in kinds.values()) >= 0
    assert 0 < rooms["cells"]["low"] <= 2
