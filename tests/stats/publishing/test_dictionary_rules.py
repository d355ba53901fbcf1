"""What everybody knows of minors by the dictionary: a minor at the referral was a minor when exploited."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from stats.errors import ReleaseRefused
from stats.models import PUBLIC
from stats.protection.audit.certificate import block_certificate
from stats.protection.suppress.complementary import suppress
from stats.protection.verify.certificate import check_certificate
from stats.protection.views import Target, View
from stats.publishing import blocks, intruders, published_bounds, suppression
from tests.stats.publishing.town import Town, build, cells, issue, proof

AGE, WHEN = "age_band.age18", "minor_when_exploited"
RULE = "age_band+minor_when_exploited"
MINOR, ADULT = "Y15T17", "Y25T34"
# Age at the referral, minor when exploited, persons. No partner knows any: the centre referred them.
ADULTS_AMONG_MINORS = ((MINOR, "YES", 11), (ADULT, "YES", 3), (ADULT, "NO", 40), (ADULT, "_U", 7))
FEW_OF_MANY = ((MINOR, "YES", 16), (ADULT, "YES", 3), (ADULT, "NO", 40), (ADULT, "_U", 20))
FEW_ADULTS = ((MINOR, "YES", 6), (ADULT, "YES", 1), (ADULT, "NO", 3), (ADULT, "_U", 40))


def enter(town: Town, groups: Iterable[tuple[str, str, int]], month: str = "2012-05") -> None:
    """Persons whom the centre referred."""
    for age, when, count in groups:
        town.enter(count, month, by=[town.centre], age_band=age, minor_when_exploited=when)


def test_adults_who_were_exploited_as_minors_cannot_be_computed(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """Eleven minors of fourteen who were minors then leave three adults."""
    enter(town, ADULTS_AMONG_MINORS)
    built = build("2012", PUBLIC, [AGE, WHEN])
    assert built.passed
    assert (cells(built.release.pk, AGE)["Y_LT18"], cells(built.release.pk, WHEN)["YES"]) == (11, None)
    monkeypatch.setattr(blocks, "linking_rules", lambda names: ())
    weaker = build("2012", PUBLIC, [AGE, WHEN, "gender"])
    assert (cells(weaker.release.pk, AGE)["Y_LT18"], cells(weaker.release.pk, WHEN)["YES"]) == (11, 14)


def test_a_sum_of_hidden_cells_does_not_tell_by_the_rule(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """Six minors are among the ten of YES and NO, so at most four are NO, where five must be possible: the six are hidden too."""
    enter(town, FEW_ADULTS)
    built = build("2012", PUBLIC, [AGE, WHEN])
    assert built.passed
    assert cells(built.release.pk, AGE)["Y_LT18"] is None
    monkeypatch.setattr(blocks, "linking_rules", lambda names: ())
    weaker = build("2012", PUBLIC, [AGE, WHEN, "gender"]).release.pk
    when, age = cells(weaker, WHEN), cells(weaker, AGE)
    assert (when["YES"], when["NO"], when["_U"], age["Y_LT18"]) == (None, None, 40, 6)


@pytest.mark.parametrize("groups", [ADULTS_AMONG_MINORS, FEW_ADULTS])
def test_the_audit_refuses_what_was_hidden_without_the_rule(
    town: Town, monkeypatch: pytest.MonkeyPatch, groups: Iterable[tuple[str, str, int]]
) -> None:
    enter(town, groups)

    def without(*, views: Mapping[str, View], targets: Sequence[Target], **given: Any) -> Any:
        blind = {
            name: replace(view, rows=tuple(row for row in view.rows if not row.source.startswith("rule;")))
            for name, view in views.items()
        }
        return suppress(views=blind, targets=[each for each in targets if RULE not in each.id], **given)

    monkeypatch.setattr(suppression, "suppress", without)
    weaker = build("2012", PUBLIC, [AGE, WHEN])
    assert not weaker.passed
    (block,) = proof(weaker.release.pk).report["audit"].values()
    assert block["failing"]


def test_one_who_breaks_the_rule_takes_no_protection_from_others(town: Town) -> None:
    """A reader takes it that hardly anybody does: all but two of 14 would be minors. How many do is for staff."""
    enter(town, ADULTS_AMONG_MINORS)
    assert proof(build("2012", PUBLIC, [AGE, WHEN]).release.pk).report["exceptions"] == {}
    enter(town, [(MINOR, "NO", 1)])
    built = build("2012", PUBLIC, [AGE, WHEN])
    assert built.passed
    assert (cells(built.release.pk, AGE)["Y_LT18"], cells(built.release.pk, WHEN)["YES"]) == (12, None)
    made = proof(built.release.pk)
    assert made.report["exceptions"] == {RULE: 1}
    assert "exceptions" not in json.dumps([made.certificate, made.margins])


def test_it_stays_certain_in_the_months_of_others(town: Town) -> None:
    """Whoever breaks the rule in 2013 leaves it as it is in 2012, also where a pool links the two."""
    enter(town, ADULTS_AMONG_MINORS)
    enter(town, [(MINOR, "NO", 1), (ADULT, "NO", 30)], "2013-05")
    issue("2012-2013", PUBLIC, ["gender"])
    built = build("2012", PUBLIC, [AGE, WHEN])
    assert built.passed
    assert (cells(built.release.pk, AGE)["Y_LT18"], cells(built.release.pk, WHEN)["YES"]) == (11, None)
    assert proof(built.release.pk).report["exceptions"] == {RULE: 1}


def test_who_is_not_exploited_yet_is_not_told_to_be_a_minor(town: Town) -> None:
    """Fifteen minors, of whom fourteen were exploited, would tell that the one whom nobody has exploited is a minor."""
    enter(town, ((MINOR, "YES", 14), (MINOR, "_Z", 1), (ADULT, "NO", 40), (ADULT, "_U", 7)))
    built = build("2012", PUBLIC, [AGE, WHEN])
    assert built.passed
    told = {**cells(built.release.pk, AGE), **cells(built.release.pk, WHEN)}
    assert told["_Z"] is None
    assert None in (told["Y_LT18"], told["YES"])


def test_what_a_rule_says_of_every_group_is_told_of_each(town: Town) -> None:
    """All minors at the referral were minors when exploited: no hiding could make anything else possible."""
    town.year(2013)
    enter(town, ((MINOR, "YES", 11), (ADULT, "YES", 20), (ADULT, "NO", 40), (ADULT, "_U", 7)))
    built = build("2012-2013", PUBLIC, [f"{AGE},{WHEN}"])
    assert built.passed
    assert cells(built.release.pk, f"{AGE},{WHEN}")["Y_LT18|YES"] == 11


def persons_barred(certificate: Mapping[str, Any]) -> int:
    """How many minors are not `YES`, nor `_Z`, in all witnesses of a certificate's hidden cells together."""
    (block,) = (each for each in certificate["blocks"] if WHEN in {side["id"] for side in each["dimensions"]})
    labels = [each["atoms"] for each in block["dimensions"]]
    shape = tuple(map(len, labels))
    bases = [dict(base["values"]) for base in block["bases"]]
    found = 0
    points = [block["points"][n] for n in sorted({n for each in block["hidden"] for n in each["points"]})]
    for values in (add(bases[point["base"]], point["change"]) for point in points):
        for place, count in values.items():
            _, age, when = (label[n] for label, n in zip(labels, np.unravel_index(place, shape), strict=True))
            found += count * (MINOR in age.split("+") and when in {"NO", "_U"})
    return found


def add(base: Mapping[int, int], change: Iterable[tuple[int, int]]) -> dict[int, int]:
    """A witness of its base and what is different."""
    changes = dict(change)
    return {place: base.get(place, 0) + changes.get(place, 0) for place in base.keys() | changes.keys()}


def test_a_certificate_keeps_the_rule_and_does_not_list_it(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    enter(town, FEW_OF_MANY)
    enter(town, [*FEW_OF_MANY, (MINOR, "NO", 1)], "2013-05")
    certain = proof(build("2012", PUBLIC, [AGE, WHEN]).release.pk).certificate
    broken = proof(build("2013", PUBLIC, [AGE, WHEN]).release.pk).certificate
    for certificate in (certain, broken):
        assert "rule" not in json.dumps(certificate)
        assert all(check.passed for check in check_certificate(certificate))
    assert certain["blocks"][0]["dimensions"][1:] == broken["blocks"][0]["dimensions"][1:]
    assert persons_barred(certain) == 0
    monkeypatch.setattr(published_bounds, "block_certificate", lambda *, empty=(), **given: block_certificate(**given))
    assert persons_barred(proof(build("2012", PUBLIC, [AGE, WHEN, "gender"]).release.pk).certificate) > 0


def test_what_a_rule_forbids_does_not_count_against_the_size(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two ages, and YES, NO or not known: six atomic cells, two of which hold nobody."""
    enter(town, ADULTS_AMONG_MINORS)
    monkeypatch.setattr(intruders, "MOST_FINEST", 4)
    assert build("2012", PUBLIC, [AGE, WHEN]).passed
    monkeypatch.setattr(intruders, "MOST_FINEST", 3)
    with pytest.raises(
        ReleaseRefused, match=rf"have 4 atomic cells, .* Rules of the dictionary link {re.escape(RULE)}"
    ):
        build("2012", PUBLIC, [AGE, WHEN], threshold=4)
    monkeypatch.setattr(intruders, "MOST_COUNTED", 8)
    with pytest.raises(ReleaseRefused, match="have 6 atomic cells"):
        build("2012", PUBLIC, [AGE, WHEN], threshold=4)
    monkeypatch.setattr(intruders, "MOST_FINEST", 6)
    assert build("2012", PUBLIC, [AGE, WHEN], threshold=4).passed
    monkeypatch.setattr(intruders, "MOST_CELLS", 8)
    with pytest.raises(ReleaseRefused, match="have 12 atomic cells, and at most 8 "):
        build("2012", PUBLIC, [AGE, WHEN], threshold=3)


def test_danish_citizens_who_do_not_live_here_as_such_cannot_be_computed(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of twelve Danes nine live here as Danish citizens, and nobody else does."""
    for citizenship, basis, count in (("DK", "DK_CITIZEN", 9), ("DK", "NO_LEGAL_STAY", 3), ("NG", "NO_LEGAL_STAY", 30)):
        town.enter(count, "2012-05", by=[town.centre], citizenship=citizenship, residence_basis=basis)
    tables = ["citizenship", "residence_basis"]

    expect_protection("2012", tables, ("DK", "DK_CITIZEN"), monkeypatch)


def expect_protection(period: str, tables: list[str], codes: tuple[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    """What a cell of the first table has beyond one of the second cannot be computed; without the rule it is three."""

    def left_over(release_id: str) -> int | None:
        whole, part = (cells(release_id, table)[code] for table, code in zip(tables, codes, strict=True))
        return None if whole is None or part is None else whole - part

    built = build(period, PUBLIC, tables)
    assert built.passed
    assert left_over(built.release.pk) is None
    monkeypatch.setattr(blocks, "linking_rules", lambda names: ())
    assert left_over(build(period, PUBLIC, [*tables, "gender"]).release.pk) == 3


def test_within_each_region_the_rule_is_known_too(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of the pool both tables are by region, and the three adults are in one."""
    enter(town, ((MINOR, "YES", 30), (ADULT, "NO", 40), (ADULT, "YES", 20)))
    for age, when, count in ADULTS_AMONG_MINORS[:3]:
        town.enter(count, "2013-05", by=[town.centre], region="DK02", age_band=age, minor_when_exploited=when)
    expect_protection("2012-2013", [f"region,{WHEN}", f"region,{AGE}"], ("DK02|YES", "DK02|Y_LT18"), monkeypatch)
