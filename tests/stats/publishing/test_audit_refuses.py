"""The audit refuses what was hidden by a program that overlooks one thing: facts of others, or that "not known" is nowhere."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

import pytest

from stats import published
from stats.models import PUBLIC
from stats.protection.suppress.complementary import Suppression, suppress
from stats.protection.views import Target, View
from stats.published import Figure
from stats.publishing import suppression
from stats.publishing.intruders import CELLS
from tests.stats.publishing.town import Town, build, cells, proof, without_gate
from tests.stats.records import partner, say_nil

MEN = Figure(2012, 2012, (("gender", ("M",)),), 40, "https://example.org/report")
GROUPS = ("region,exploitation.form",)


def refused(release_id: str) -> set[str]:
    """The kinds of views in which a draft's audit failed."""
    blocks = proof(release_id).report["audit"].values()
    return {each["view"].partition(":")[0] for block in blocks for each in block["failing"]}


def test_what_was_hidden_without_the_facts_of_others(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """Three of gender X are hidden beside the men, who are fewer than the women. A newspaper has counted the men."""
    monkeypatch.setattr(published, "FIGURES", (MEN,))
    for gender, count in (("F", 70), ("M", 40), ("X", 3)):
        town.enter(count, "2012-05", gender=gender, by=[partner() for _ in range(4)])
    built = build("2012", PUBLIC, ["gender"])
    assert built.passed
    assert {code: cells(built.release.pk, "gender")[code] for code in "FMX"} == {"F": None, "M": 40, "X": None}

    def blind(*, views: Mapping[str, View], **given: object) -> Suppression:
        known = {name: replace(view, rows=views[CELLS].rows) for name, view in views.items()}
        return suppress(views=known, **given)  # type: ignore[arg-type]

    monkeypatch.setattr(suppression, "suppress", blind)
    without_gate(monkeypatch)  # it might hide the women too, for whoever knows the method
    weaker = build("2012", PUBLIC, ["gender", "region"])
    assert not weaker.passed
    assert "public" in refused(weaker.release.pk)


def test_what_was_hidden_with_not_known_as_elsewhere(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """All seven of a region whose form of exploitation is known have the same. Of five more it is not known."""
    several = [partner() for _ in range(4)]
    for region, form, count in (("DK02", "SEXUAL", 7), ("DK02", "_U", 5)):
        town.enter(count, "2012-05", region=region, exploitation=form, by=several)
    for form, count in (("SEXUAL", 20), ("LABOUR", 15), ("CRIMINAL", 12), ("_U", 9)):
        town.enter(count, "2012-05", region="DK01", exploitation=form, by=several)
    say_nil(2013)
    assert build("2012-2013", PUBLIC, GROUPS).passed

    def without_groups(*, hidden: Collection[str], targets: Sequence[Target], **given: object) -> Suppression:
        of_groups = {target.id.partition("|")[0] for target in targets if target.reason == "group"}
        others = [target for target in targets if target.reason != "group"]
        return suppress(hidden={*hidden} - of_groups, targets=others, **given)  # type: ignore[arg-type]

    monkeypatch.setattr(suppression, "suppress", without_groups)
    weaker = build("2012-2013", PUBLIC, [*GROUPS, "gender"])
    assert not weaker.passed
    assert "cells" in refused(weaker.release.pk)
