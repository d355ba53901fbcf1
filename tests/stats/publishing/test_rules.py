"""The rules on hidden cells, each with what happens without it: the cell is shown, or the audit objects."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

import numpy as np
import pytest

from cases.models import Referral
from stats.errors import ReleaseRefused
from stats.models import AUTHORITY, PUBLIC
from stats.protection.suppress.complementary import Suppression, suppress
from stats.protection.views import Target
from stats.publishing import rules, suppression
from tests.stats.publishing.town import ADULT, Town, build, cells, issue, proof, without_gate
from tests.stats.records import at, partner, referral, say_nil, supersede

Patch = Callable[[pytest.MonkeyPatch], None]


def no_small(patch: pytest.MonkeyPatch) -> None:
    """No cell is small."""
    patch.setattr(rules, "small", lambda counts, threshold: np.zeros(len(counts), np.bool_))


def no_coalition(patch: pytest.MonkeyPatch) -> None:
    """Nobody's own knowledge counts."""
    patch.setattr(rules, "coalition", lambda counts, parts: np.zeros(parts.shape, np.bool_))


def no_group(patch: pytest.MonkeyPatch) -> None:
    """A table may say anything of a group."""
    patch.setattr(rules, "group", lambda totals, parts: np.zeros(parts.shape, np.bool_))


def reasons(release_id: str) -> dict[str, list[str]]:
    """Which rules hit which cells of a draft."""
    found: dict[str, list[str]] = proof(release_id).report["primaries"]
    return found


def of_regions(town: Town) -> str:
    """A region with four, one of whose twelve persons a partner knows but two, and large ones. The table by region."""
    town.year(2012)
    town.enter(4, "2012-05", region="DK02", by=[*town.ngos, partner()])
    town.enter(10, "2012-05", region="DK03", by=[town.ngos[0]])
    town.enter(2, "2012-05", region="DK03", by=[town.ngos[1]])
    town.enter(25, "2012-05", region="DK04", by=[partner() for _ in range(5)])
    return "region"


def of_groups(town: Town) -> str:
    """A region with nine persons, all but one exploited for labour, and a large one."""
    town.year(2012)
    town.year(2013)
    several = [partner() for _ in range(4)]
    for form, count in (("LABOUR", 8), ("SEXUAL", 1)):
        town.enter(count, "2012-05", region="DK02", exploitation=form, by=several)
    for form, count in (("LABOUR", 12), ("SEXUAL", 13), ("CRIMINAL", 11)):
        town.enter(count, "2013-05", region="DK03", exploitation=form, by=several)
    return "region,exploitation.form"


@pytest.mark.parametrize(
    ("people", "period", "cell", "rule", "without"),
    [
        (of_regions, "2012", "DK02", "small", no_small),
        (of_regions, "2012", "DK03", "coalition", no_coalition),
        (of_groups, "2012-2013", "DK02|LAB", "group", no_group),
    ],
)
def test_a_rule_hides_its_cell(
    town: Town,
    monkeypatch: pytest.MonkeyPatch,
    people: Callable[[Town], str],
    period: str,
    cell: str,
    rule: str,
    without: Patch,
) -> None:
    table = people(town)
    built = build(period, PUBLIC, [table])
    assert built.passed
    assert cells(built.release.pk, table)[cell] is None
    (name,) = (name for name, why in reasons(built.release.pk).items() if rule in why)
    assert all(code in name for code in cell.split("|"))
    without_gate(monkeypatch)
    monkeypatch.setattr(suppression, "suppress", lambda **given: Suppression(frozenset(given["hidden"]), 0, 0))
    without(monkeypatch)
    weaker = build(period, PUBLIC, [table, "gender"])
    assert cells(weaker.release.pk, table)[cell] is not None


def of_not_known(town: Town) -> str:
    """A region with seven who were exploited sexually and five of whom nobody knows how, and a large one. Two more of no region."""
    town.year(2012)
    town.year(2013)
    several = [partner() for _ in range(4)]
    for form, count in (("SEXUAL", 7), ("_U", 5)):
        town.enter(count, "2012-05", region="DK02", exploitation=form, by=several)
    for form, count in (("LABOUR", 15), ("SEXUAL", 13), ("CRIMINAL", 11), ("_U", 9)):
        town.enter(count, "2013-05", region="DK03", exploitation=form, by=several)
    town.enter(2, "2013-05", region="_U", exploitation="LABOUR", by=several)
    return "region,exploitation.form"


def test_whose_value_is_not_known_is_not_elsewhere(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """All of the group whose form is known have one form. Those of whom it is not known may have it too."""
    table = of_not_known(town)
    built = build("2012-2013", PUBLIC, [table])
    assert built.passed
    assert cells(built.release.pk, table)["DK02|SEX"] is None
    assert reasons(built.release.pk) == {"2012-2013.p1;region=DK02;exploitation.form=SEX": ["group"]}
    monkeypatch.setattr(rules, "substantive_codes", lambda axis: [code.code for code in axis.codes])
    weaker = build("2012-2013", PUBLIC, [table, "gender"])
    assert {code: cells(weaker.release.pk, table)[code] for code in ("DK02|SEX", "DK02|_U")} == {
        "DK02|SEX": 7,
        "DK02|_U": 5,
    }


def test_few_whose_value_is_not_known_are_shown(town: Town) -> None:
    """Neither the rule of small cells nor that of coalitions hides them, in any table; and a group of them is none."""
    table = of_not_known(town)
    town.enter(2, "2012-05", exploitation="_U", gender="M", by=[town.ngos[0]])
    for period, shown in (("2012", {"region": {"_U": 0}}), ("2013", {"region": {"_U": 2}})):
        built = build(period, PUBLIC, ["region", "exploitation.form"])
        assert built.passed
        assert all(cells(built.release.pk, axes)[code] == n for axes, of in shown.items() for code, n in of.items())
    built = build("2012-2013", PUBLIC, [table, "gender,exploitation.form"])
    assert built.passed
    assert {code: cells(built.release.pk, table)[code] for code in ("_U|LAB", "_U|SEX")} == {"_U|LAB": 2, "_U|SEX": 0}
    assert not any("_U" in name for name in reasons(built.release.pk))


def test_a_cell_that_a_partner_knows_wholly_is_hidden(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """Were it shown, a hidden cell would tell the partner that it holds others. With three others there are enough."""
    town.year(2012)
    for region, own, others in (("DK02", 12, 0), ("DK03", 9, 3)):
        town.enter(own, "2012-05", region=region, by=[town.ngos[0]])
        town.enter(others, "2012-05", region=region, by=[town.ngos[1]])
    town.enter(20, "2012-05", region="DK04", by=[partner() for _ in range(5)])
    built = build("2012", PUBLIC, ["region"])
    assert built.passed
    assert reasons(built.release.pk) == {f"{built.release.pk};region=DK02": ["coalition"]}
    assert cells(built.release.pk, "region")["DK02"] is None
    monkeypatch.setattr(rules.Rules, "is_known_wholly", lambda *given: False)
    weaker = build("2012", PUBLIC, ["region", "gender"])
    assert {code: cells(weaker.release.pk, "region")[code] for code in ("DK02", "DK03")} == {"DK02": 12, "DK03": 12}


def test_nothing_is_hidden_from_a_partner_that_knows_everybody(town: Town) -> None:
    """By the total it knows that there is nobody else, and no cell tells it more. So it is where fewer than five are left."""
    for year, others in ((2012, 0), (2013, 4)):
        town.enter(12, f"{year}-05", gender="F", by=[town.ngos[0]])
        town.enter(20, f"{year}-05", gender="M", by=[town.ngos[0]])
        town.enter(others, f"{year}-05", gender="M", by=[town.ngos[1]])
        built = build(str(year), PUBLIC, ["gender"])
        assert built.passed
        assert reasons(built.release.pk) == {}
        assert (cells(built.release.pk, "gender")["F"], cells(built.release.pk, "")[""]) == (12, 32 + others)


def test_who_referred_before_a_correction_still_knows(town: Town) -> None:
    """The partner's referrals were withdrawn, and others referred the same persons since. It has not forgotten them."""
    town.year(2012)
    found = town.enter(10, "2012-05", region="DK02", by=[town.ngos[0]])
    town.enter(2, "2012-05", region="DK02", by=[town.ngos[2]])
    for case in found:
        old = Referral.objects.get(case=case)
        supersede(old, at(10))
        withdrawn = {"version": 2, "status": "withdrawn", "reason_code": "DUPLICATE", "reference": old.reference}
        referral(case, town.ngos[0], recorded_at=at(10), **{**ADULT, "region": "DK02"}, **withdrawn)
        referral(case, town.ngos[1], recorded_at=at(10), **{**ADULT, "region": "DK02"})
    built = build("2012", PUBLIC, ["region"])
    assert cells(built.release.pk, "region")["DK02"] is None
    assert reasons(built.release.pk) == {"2012.p1;region=DK02": ["coalition"]}


FORMS = (("F", "SEXUAL", 30), ("F", "LABOUR", 2), ("F", "CRIMINAL", 7), ("M", "SEXUAL", 25), ("M", "LABOUR", 7))
SQUARE = ("M", "CRIMINAL", 6)


def square(town: Town, kind: str) -> None:
    """The cheapest way to hide two women exploited for labour is a square of four cells, of which somebody knows all but a few.

    As a partner that referred them, or as an authority that assessed them.
    """
    several = [partner() for _ in range(6)]
    knowing = partner("NGO" if kind == "partner" else "IMMIGRATION")
    for gender, form, count in (*FORMS, SQUARE):
        known = {("F", "LABOUR"): 1, ("F", "CRIMINAL"): count, ("M", "CRIMINAL"): count}.get((gender, form), 0)
        codes: dict[str, Any] = {"gender": gender, "exploitation": form}
        whose: dict[str, Any] = {"by": [knowing]} if kind == "partner" else {"by": several, "decider": knowing}
        town.enter(known, "2012-05", **whose, **codes)
        town.enter(count - known, "2012-05", by=several, **codes)
    say_nil(2013)


@pytest.mark.parametrize("kind", ["partner", "decider"])
def test_who_knows_persons_by_name_is_not_told_the_others(
    town: Town, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    square(town, kind)
    table = "gender,exploitation.form"
    built = build("2012-2013", PUBLIC, [table])
    assert built.passed

    def without(*, targets: Sequence[Target], **given: Any) -> Suppression:
        return suppress(targets=[each for each in targets if not each.view.startswith(f"{kind}:")], **given)

    monkeypatch.setattr(suppression, "suppress", without)
    weaker = build("2012-2013", PUBLIC, [table, "region"])
    assert not weaker.passed
    failing = [each for block in proof(weaker.release.pk).report["audit"].values() for each in block["failing"]]
    assert {each["view"].partition(":")[0] for each in failing} == {kind}
    assert cells(built.release.pk, table) != cells(weaker.release.pk, table)


def test_what_nothing_can_protect_is_refused(town: Town) -> None:
    """With a threshold of 3 the three of gender X are shown. With 5 they would have to be hidden, and everybody knows them."""
    for gender, count in (("F", 44), ("M", 40)):
        town.enter(count, "2012-05", gender=gender)
    town.enter(3, "2012-05", gender="X", by=[town.centre])
    issue("2012", PUBLIC, ["gender"], threshold=3)
    assert cells("2012.p1", "gender")["X"] == 3
    with pytest.raises(
        ReleaseRefused, match=r"these tables cannot be protected whatever else is hidden: 2012\.p2 gender\.$"
    ):
        build("2012", PUBLIC, ["gender"], as_of=at(60) + timedelta(days=365))


def test_the_total_is_hidden_in_every_block(town: Town) -> None:
    town.enter(3, "2012-05")
    town.enter(1, "2012-05", gender="M", region="DK02")
    built = build("2012", PUBLIC, ["gender", "region"])
    assert built.passed
    assert cells(built.release.pk, "") == {"": None}
    assert not any(table["offered"] for table in proof(built.release.pk).margins["tables"])


def test_an_authority_s_small_cells_alone_are_demanded_of(town: Town) -> None:
    table = of_regions(town)
    built = build("2012-Q2", AUTHORITY, [table])
    assert built.passed
    assert "primaries" not in proof(built.release.pk).report
