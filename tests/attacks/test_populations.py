"""For each rule a town in which it alone protects. Without the rule the build passes its audit, and the attack succeeds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from cases import published
from tests.attacks.populations import POPULATIONS, Population
from tests.attacks.weakbuild import undone
from tests.cases.statistics.publishing.town import Town, draw_alike

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("population", POPULATIONS, ids=lambda population: population.name)
def test_one_rule_alone_protects(
    population: Population, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.HENVIS_KEYS = tmp_path / "keys"
    draw_alike(monkeypatch)
    monkeypatch.setattr(published, "FIGURES", population.told)
    with undone():
        assert not population.attack(Town())
    population.without(monkeypatch)
    assert population.attack(Town())
