"""A year as it really is: tokens handed on and lost, late corrections, a merge undone, two vintages and an erratum.

After every step every figure is compared with the model: what each partner reads of its own, what the centre reads of the latest
vintage, and what a vintage says has changed since the one before.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.utils import timezone

from core.text import Text
from partners.audit import Actor
from stats.models import PUBLIC
from stats.publishing import build as building
from stats.publishing.choice import Choice
from stats.staff import approval
from tests.api import json_stat
from tests.api.asserts import body
from tests.api.open_figures import get
from tests.stats.published import publish_erratum, staff
from tests.year.model import Year
from tests.year.world import NOTES, YEAR, World, reference_of

pytestmark = pytest.mark.django_db

FORMS = ("SEXUAL", "SEXUAL", "LABOUR", "CRIMINAL")
COUNTRIES = ("NG", "RO", "VN", "PH", "BG")
ERRATUM = Text("Overskriften er rettet.", "The heading has been corrected.")


def codes(number: int, **changes: str) -> dict[str, Any]:
    """What is true of a person."""
    month = f"{YEAR}-{number % 9 + 1:02d}"
    told = {"gender": "M" if number % 3 == 2 else "F", "exploitation": FORMS[number % 4]}
    return {"referred_in": month, "citizenship": COUNTRIES[number % 5], "age_band": "Y25T34", **told, **changes}


def met_on_the_street(world: World) -> None:
    """25 persons, cases 0 to 24."""
    for number in range(25):
        world.refer("street", **codes(number))


def handed_on(world: World) -> None:
    """The police take ten of them up with their tokens, and see some things otherwise, later."""
    for number in range(10):
        seen = {"gender": "F", "citizenship": "MD"} if number < 3 else {}
        world.refer("police", case=number, **codes(number, referred_in=f"{YEAR}-10", **seen))


def met_by_the_police(world: World) -> None:
    """Ten more, cases 25 to 34; the last of them without consent."""
    for number in range(25, 35):
        world.refer("police", **codes(number, consent="NOT_GIVEN" if number == 34 else "GIVEN"))


def come_to_the_shelter(world: World) -> None:
    """Five more, cases 35 to 39; and five of the street's, whose tokens are lost: cases 40 to 44."""
    for number in range(35, 40):
        world.refer("shelter", **codes(number))
    for number in range(10, 15):
        lost = world.refer("shelter", **codes(number, referred_in=f"{YEAR}-11", gender="_U"))
        world.say_code(lost, number)
        world.say_code(reference_of(number), number)


def decided(world: World) -> None:
    """The centre identifies most of them, some in other years, and verifies some of what it was told."""
    for case in range(45):
        outcome = "NOT_IDENTIFIED" if case in {7, 33} else "IDENTIFIED"
        month = {5: "2024-12", 20: "2026-01"}.get(case, f"{YEAR}-{case % 12 + 1:02d}")
        world.assess(case, month, outcome, **({"verified_gender": "F"} if case in {2, 8} else {}))


def duplicates_found(world: World) -> None:
    """The search finds the five that said a linkage code, and staff decide that they are the same."""
    assert world.find_duplicates() == {frozenset({number, number + 30}) for number in range(10, 15)}


def merged_by_mistake(world: World) -> None:
    """Two who are not the same, one of them merged already."""
    world.merge("mistake", 12, 30)
    world.merge("over the decade", 5, 31)


def corrected_late(world: World) -> None:
    """The shelter learns more: twelve corrections, one of them to another case, and one withdrawal."""
    for number in range(35, 40):
        world.correct(reference_of(number), gender="X" if number == 35 else "F", exploitation="LABOUR")
    for number in range(40, 45):
        world.correct(reference_of(number + 10), gender="M", referred_in=f"{YEAR}-12")
    world.correct(reference_of(34 + 5), citizenship="_U")
    world.correct(reference_of(36 + 10), case_token=world.tokens[36])
    world.withdraw(reference_of(24))


def the_mistake_undone(world: World) -> None:
    """The merge that was wrong is undone: what was merged before stays."""
    world.undo("mistake")


def two_persons_in_a_case(world: World) -> None:
    """The police's referral of case 3 is of somebody else, who is identified by herself."""
    new = world.split("two", 3, reference_of(25 + 3))
    world.assess(new, f"{YEAR}-12")


def contradicted(world: World) -> None:
    """Two referrals of equal weight contradict each other, and nobody knows better."""
    world.refer("shelter", case=21, **codes(21, gender="M", citizenship="UA"))


def settled_by_staff(world: World) -> None:
    """Staff find out."""
    world.settle(21, "gender", "X")


def the_split_undone(world: World) -> None:
    """It was one person after all; the new case keeps its assessment."""
    world.undo("two")


def more_decided(world: World) -> None:
    """Late decisions on twelve new persons."""
    for number in range(50, 62):
        world.refer("street", **codes(number))
        world.assess(len(world.tokens) - 1, f"{YEAR}-12")


STEPS: tuple[Callable[[World], None], ...] = (
    met_on_the_street,
    handed_on,
    met_by_the_police,
    come_to_the_shelter,
    decided,
    duplicates_found,
    merged_by_mistake,
    corrected_late,
    the_mistake_undone,
    two_persons_in_a_case,
    contradicted,
    settled_by_staff,
    the_split_undone,
)


def compare(world: World, before: Counter[tuple[str, ...]]) -> Counter[tuple[str, ...]]:
    """Every figure with the model's; the persons by gender."""
    model = world.model
    for partner in world.partners:
        for name in ("gender", "citizenship", "exploitation"):
            assert world.own(partner, name) == model.own(partner, name), (partner, name)
    made = world.count()
    assert world.exact() == model.persons(YEAR)
    assert world.exact("gender", "exploitation") == model.persons(YEAR, "gender", "exploitation")
    assert world.exact("citizenship") == model.persons(YEAR, "citizenship")
    now = model.persons(YEAR, "gender")
    if made is not None and len(world.vintages) > 1:
        differences = {code[0]: now[code] - before[code] for code in now.keys() | before.keys()}
        assert world.changes(made, "gender") == {code: change for code, change in differences.items() if change}
    return now


def publish(world: World, *, notes: Text | None = None) -> str:
    """Build a public vintage of the year and have somebody else publish it."""
    approver = staff("approver")
    approver.user_permissions.add(Permission.objects.get(codename="approve_release"))
    built = building.build(
        by=Actor.of(staff("builder")),
        period=YEAR,
        audience=PUBLIC,
        choice=Choice.of(("gender", "exploitation.form")),
        change_notes=notes,
    )
    assert built.passed
    approval.publish(by=Actor.of(approver), release_id=built.release.pk)
    return str(built.release.pk)


def check_published(release_id: str, model: Year) -> None:
    """What is shown is true, and the total is shown. The certificate has it, though tables of so few persons may not be offered."""
    total = body(get(f"/api/v1/statistics/persons?year={YEAR}&release={release_id}"))
    assert [value for _, value in json_stat.cells(total)] == [model.persons(YEAR)[()]]
    certified = body(get(f"/api/v1/releases/{release_id}/certificate"))
    cells = [cell for block in certified["blocks"] for cell in block["cells"] if cell["release"] == release_id]
    shown = {cell["id"].removeprefix(f"{release_id};"): cell["value"] for cell in cells if cell["value"] is not None}
    truth = {f"gender={code}": count for (code,), count in model.persons(YEAR, "gender").items()}
    of_gender = {name: value for name, value in shown.items() if name.startswith("gender=") and value}
    assert of_gender
    assert of_gender == {name: truth[name] for name in of_gender}


def test_every_figure_at_every_step_is_the_models() -> None:
    world, before = World(), Counter[tuple[str, ...]]()
    for step in STEPS:
        step(world)
        before = compare(world, before)
    assert len(world.vintages) >= 8

    first = publish(world)
    check_published(first, world.model)
    early = timezone.now()
    more_decided(world)
    before = compare(world, before)
    second = publish(world, notes=NOTES)
    check_published(second, world.model)

    told = body(get(f"/api/v1/releases/{second}/changes"))
    assert (told["from"], told["change_notes"]["en"]) == (first, NOTES.en)
    (total,) = [table for table in told["tables"] if not table["axes"]]
    assert total["rows"][0]["change"] == 12

    publish_erratum(first, ERRATUM)
    assert body(get(f"/api/v1/releases/{first}"))["errata"][0]["text"]["en"] == ERRATUM.en
    assert ERRATUM.en in " ".join(body(get(f"/api/v1/statistics/persons?year={YEAR}&release={first}"))["note"])
    at = early.isoformat().replace("+00:00", "Z")
    then = body(get(f"/api/v1/statistics/persons?year={YEAR}&asOf={at}"))
    assert first in str(then["extension"]) and second not in str(then["extension"])
    compare(world, before)
