"""What staff order in the admin, the worker builds."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import OperationalError
from structlog.testing import capture_logs

from core.text import Text, both
from partners.jobs.models import Job
from partners.jobs.registry import TASKS
from stats.counting.notes import NO_NOTES
from stats.models import (
    AUTHORITY,
    DONE,
    FAILED,
    OPEN,
    PROPOSE,
    PUBLIC,
    RUNNING,
    BuildOrder,
    ProtectedTable,
    Release,
)
from stats.protection.suppress.complementary import Suppression
from stats.publishing import build, orders, suppression
from stats.publishing.choice import PROTECTED
from stats.publishing.orders import FAILED_AUDIT, INTERRUPTED, INTERRUPTED_TWICE
from stats.staff import approval
from tests.stats.published import staff
from tests.stats.publishing.town import REASON, Town, approver, without_gate
from tests.stats.records import NOTES


@pytest.fixture
def crowd(town: Town) -> Town:
    """A town with its persons of 2012."""
    town.year(2012)
    return town


def order(period: str = "2012", audience: str = PUBLIC, notes: Text = NO_NOTES, **choice: Any) -> BuildOrder:
    """An order of the table by gender."""
    said = {"change_notes_da": notes.da, "change_notes_en": notes.en}
    return BuildOrder.objects.create(
        period=period, audience=audience, choice={"tables": ["gender"], **choice}, user=staff("ida"), **said
    )


def carry_out_all(tell: build.Tell = lambda _: None) -> None:
    """Do what jobs do, until no order is open."""
    orders.take_back_interrupted()
    while orders.carry_out_next(tell):
        pass


def states() -> list[str]:
    """The orders' states, the oldest first."""
    return list(BuildOrder.objects.order_by("pk").values_list("state", flat=True))


def test_an_order_becomes_a_draft_of_who_ordered(crowd: Town) -> None:
    first, second = order(threshold=4), order("2012-Q4", AUTHORITY)
    carry_out_all()
    first.refresh_from_db()
    second.refresh_from_db()
    assert states() == [DONE, DONE]
    assert (first.release_id, second.release_id) == ("2012.p1", "2012-Q4.a1")
    assert {release.user for release in Release.objects.all()} == {staff("ida")}
    assert Release.objects.get(pk="2012.p1").settings["threshold"] == 4
    assert first.message == second.message == ""


def test_what_is_refused_is_said_in_words(crowd: Town) -> None:
    wrong = [order("2012-Q4"), order(threshold=2), order("2012x"), order(tables=["colour"])]
    right = order()
    carry_out_all()
    assert states() == [FAILED] * 4 + [DONE]
    for each, why in zip(
        wrong, ("The public reads years", "from 3 to 100", "A period is written", "no axis"), strict=True
    ):
        each.refresh_from_db()
        assert why in each.message
        assert each.release is None
    right.refresh_from_db()
    assert right.release_id == "2012.p1"


def test_an_order_that_was_built_before_has_the_same_draft(crowd: Town) -> None:
    order()
    order()
    carry_out_all()
    assert list(BuildOrder.objects.values_list("release_id", flat=True)) == ["2012.p1"] * 2


def test_a_draft_that_failed_its_audit_is_said_to_be_none(crowd: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    without_gate(monkeypatch)
    monkeypatch.setattr(suppression, "suppress", lambda **given: Suppression(frozenset(given["hidden"]), 0, 0))
    placed = order()
    carry_out_all()
    placed.refresh_from_db()
    assert (placed.state, placed.release_id) == (DONE, "2012.p1")
    assert placed.message == both(FAILED_AUDIT)


def test_an_order_without_a_choice_takes_what_is_proposed(crowd: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    few = {name: axis for name, axis in PROTECTED.axes.items() if name in {"gender", "exploitation.form"}}
    monkeypatch.setitem(PROTECTED.__dict__, "axes", few)
    placed = BuildOrder.objects.create(period="2012-Q4", audience=AUTHORITY, user=staff("ida"))
    told: list[str] = []
    carry_out_all(told.append)
    placed.refresh_from_db()
    assert (placed.state, placed.message) == (DONE, "")
    offered = ProtectedTable.objects.filter(release_id=placed.release_id).values_list("axes", flat=True)
    assert {"", "gender", "exploitation.form"} <= set(offered)
    assert told == [f"order {placed.pk}: 2012-Q4 for authority"]  # how many cells are hidden is not for a log


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two axes stand for all: each table is a build."""
    some = {name: axis for name, axis in PROTECTED.axes.items() if name in {"gender", "exploitation.form"}}
    monkeypatch.setitem(PROTECTED.__dict__, "axes", some)


def test_an_order_of_proposals_is_answered_with_protected_figures_and_makes_no_draft(crowd: Town, few: None) -> None:
    placed = BuildOrder.objects.create(kind=PROPOSE, period="2012", audience=PUBLIC, user=staff("ida"))
    told: list[str] = []
    carry_out_all(told.append)
    placed.refresh_from_db()
    assert (placed.state, placed.message, placed.release_id) == (DONE, "", None)
    assert not Release.objects.exists()
    assert placed.proposals is not None
    own = {each["axes"]: each for each in placed.proposals}
    assert set(own) == {"gender", "exploitation.form"}
    order()
    carry_out_all()
    table = ProtectedTable.objects.get(release_id="2012.p1", axes="gender")
    assert (own["gender"]["persons"], own["gender"]["hidden"]) == (sum(table.counts), len(table.hidden))
    assert told == [f"order {placed.pk}: 2012 for public"]


def test_proposals_that_are_refused_say_why(crowd: Town) -> None:
    placed = BuildOrder.objects.create(kind=PROPOSE, period="2012-Q4", audience=PUBLIC, user=staff("ida"))
    carry_out_all()
    placed.refresh_from_db()
    assert (placed.state, placed.proposals) == (FAILED, None)
    assert "The public reads years" in placed.message


def test_parameters_without_tables_are_those_of_what_is_proposed(crowd: Town, few: None) -> None:
    placed = BuildOrder.objects.create(period="2012", audience=PUBLIC, user=staff("ida"), choice={"threshold": 6})
    carry_out_all()
    placed.refresh_from_db()
    assert placed.release is not None
    assert placed.release.settings["threshold"] == 6
    assert {"", "gender"} <= set(placed.release.settings["tables"]["persons"])


def test_an_order_of_which_nothing_would_be_offered_fails(town: Town) -> None:
    placed = BuildOrder.objects.create(period="2012", audience=PUBLIC, user=staff("ida"))
    town.enter(3, "2012-05")
    carry_out_all()
    placed.refresh_from_db()
    assert placed.state == FAILED
    assert placed.message == "Ingen tabel over perioden kan vises.\nNo table of this period would be offered."


def test_an_order_at_which_the_program_fails_stops_no_other_and_staff_see_it(
    crowd: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    poison, _ = order(threshold=4), order("2012-Q4", AUTHORITY)
    build = orders.build_draft

    def fail_once(each: BuildOrder) -> dict[str, Any]:
        if each.pk == poison.pk:
            raise KeyError("secret")
        return build(each)

    monkeypatch.setattr(orders, "build_draft", fail_once)
    with capture_logs() as lines:
        carry_out_all()
    assert states() == [FAILED, DONE]
    poison.refresh_from_db()
    assert "The server's log says where." in poison.message and "secret" not in repr(lines) + poison.message
    assert [(each["event"], each["order"], each["error"]) for each in lines] == [
        ("order not carried out", poison.pk, "KeyError")
    ]


def test_an_order_that_was_interrupted_is_taken_up_again(crowd: Town) -> None:
    placed, later = order(), order(notes=NOTES, tables=["region"])

    def tell(said: str) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        carry_out_all(tell)
    assert states() == [RUNNING, OPEN]
    seen: list[str] = []

    def look(said: str) -> None:
        placed.refresh_from_db()
        seen.append(placed.message)

    carry_out_all(look)
    assert seen[0] == both(INTERRUPTED)
    assert states() == [DONE, DONE]
    later.refresh_from_db()
    assert (placed.release_id, later.release_id) == ("2012.p1", "2012.p2")
    placed.refresh_from_db()
    assert placed.message == ""


def test_a_vintage_after_one_that_was_read_is_built_with_its_notes_and_fails_without(crowd: Town) -> None:
    order()
    carry_out_all()
    approval.publish(by=approver(), release_id="2012.p1", reason=REASON)
    silent, said = (order(notes=notes, tables=["gender", "region"]) for notes in (NO_NOTES, NOTES))
    carry_out_all()
    assert states() == [DONE, FAILED, DONE]
    silent.refresh_from_db()
    said.refresh_from_db()
    assert "in Danish and in English what has changed" in silent.message
    assert said.release is not None
    assert (said.release.pk, said.release.change_notes_da, said.release.change_notes_en) == ("2012.p2", *NOTES)


def test_the_oldest_order_comes_first(crowd: Town) -> None:
    placed = [order(tables=["region"]), order()]
    taken = [orders.take_next(), orders.take_next(), orders.take_next()]
    assert [each.pk if each else None for each in taken] == [placed[0].pk, placed[1].pk, None]
    assert states() == [RUNNING, RUNNING]


def test_a_job_carries_out_one_order_and_leaves_the_next_to_another(town: Town) -> None:
    """So that charts, which readers wait for, are drawn between two builds."""
    order("no period"), order("no period")
    orders.build_ordered()
    assert states() == [FAILED, OPEN]
    waiting = Job.objects.get()
    assert (waiting.task_name, waiting.status, waiting.args) == (orders.TASK, "todo", {})
    assert TASKS["charts.paint"].priority > TASKS["reports.work"].priority > TASKS[orders.TASK].priority
    for _ in range(2):
        orders.build_ordered()
    assert states() == [FAILED, FAILED]


def test_an_order_at_which_two_workers_ended_fails_and_holds_up_no_other(crowd: Town) -> None:
    order(), order("no period")
    for _ in range(2):
        BuildOrder.objects.filter(pk=order_at(0)).update(state=RUNNING)
        orders.take_back_interrupted()
    assert states() == [FAILED, OPEN]
    assert BuildOrder.objects.get(pk=order_at(0)).message == both(INTERRUPTED_TWICE)
    carry_out_all()
    assert not Release.objects.exists()


def order_at(place: int) -> int:
    """The number of an order, by its place."""
    return BuildOrder.objects.order_by("pk")[place].pk


def test_where_the_database_is_away_the_job_ends_and_the_order_stays(
    crowd: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    placed = order()

    def lose(_: BuildOrder) -> None:
        raise OperationalError("away")

    with monkeypatch.context() as patch:
        patch.setattr(orders, "build_draft", lose)
        with pytest.raises(OperationalError):
            orders.build_ordered()
    assert states() == [RUNNING]
    orders.build_ordered()
    placed.refresh_from_db()
    assert (placed.state, placed.release_id) == (DONE, "2012.p1")


def test_without_orders_nothing_happens(town: Town) -> None:
    carry_out_all()
    assert not Release.objects.exists()
