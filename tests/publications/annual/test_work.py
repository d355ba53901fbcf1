"""The worker makes drafts and renders reports: once, one after the other, and what fails stops no other."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, OperationalError, transaction
from django.utils import timezone
from structlog.testing import capture_logs

from partners.audit import Actor
from publications.annual import drafting, drafts, editions, production, publishing
from publications.annual.content.compose import Composition, compose
from publications.annual.models import ReportDraft, ReportEdition, ReportOrder
from publications.annual.production import work
from tests.people.visitors import staff
from tests.publications.annual.world import (
    YEAR,
    approve_all,
    publish_report,
    publish_years,
)
from tests.threads import Background

pytestmark = pytest.mark.django_db


def test_the_worker_makes_what_was_ordered_and_renders_what_was_published(writer: User, publisher: User) -> None:
    publish_years()
    ReportOrder.objects.create(year=YEAR, user=writer)
    ReportOrder.objects.create(year=2015, user=writer)
    work()
    assert dict(ReportOrder.objects.values_list("year", "state")) == {YEAR: "DONE", 2015: "FAILED"}
    assert "no public release of 2015" in ReportOrder.objects.get(year=2015).message
    draft = ReportDraft.objects.get()
    assert draft.user == writer
    approve_all(draft, writer)
    publish_report(draft, publisher)
    assert production.unrendered_reports() == []
    assert ReportEdition.objects.count() == 2


@pytest.mark.parametrize("error", [RuntimeError("secret"), ValueError("secret"), KeyError("secret")])
def test_a_report_that_cannot_be_rendered_stops_nothing_else_and_is_tried_again_later(
    draft: ReportDraft, writer: User, publisher: User, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    approve_all(draft, writer)
    publishing.publish(by=Actor.of(publisher), draft_id=draft.pk, last_text=drafts.last_text(draft))
    ReportOrder.objects.create(year=2015, user=writer)
    with monkeypatch.context() as patch, capture_logs() as lines:
        patch.setattr(production, "pdf", lambda _: (_ for _ in ()).throw(error))
        work()
        work()
    assert [(each["event"], each["log_level"], each["error"], each["year"]) for each in lines] == [
        ("report not rendered", "error", type(error).__name__, YEAR)
    ]
    assert "secret" not in json.dumps(lines) and "test_work.py" in lines[0]["where"]
    assert ReportOrder.objects.get().state == "FAILED"
    work()
    assert editions.years() == []
    later = timezone.now() + timedelta(minutes=2)
    monkeypatch.setattr(timezone, "now", lambda: later)
    work()
    assert editions.years() == [YEAR]


def test_after_each_failure_a_report_waits_twice_as_long(
    draft: ReportDraft, writer: User, publisher: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    approve_all(draft, writer)
    publishing.publish(by=Actor.of(publisher), draft_id=draft.pk, last_text=drafts.last_text(draft))
    monkeypatch.setattr(production, "pdf", lambda _: (_ for _ in ()).throw(ValueError))
    (publication,), began, waits = production.unrendered_reports(), timezone.now(), []
    for failures in range(1, 4):
        work(at_once=True)
        for minutes in (2 ** (failures - 1) - 1, 2 ** (failures - 1) + 1):
            now = began + timedelta(minutes=minutes)
            monkeypatch.setattr(timezone, "now", lambda now=now: now)
            waits.append(publishing.is_due(publication))
    assert waits == [False, True] * 3


@pytest.mark.parametrize("error", [ValueError, IntegrityError])
def test_one_order_that_cannot_be_carried_out_stops_no_other_and_staff_see_it(
    error: type[Exception], writer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A row that the database refuses is such an order too: it would be refused at every start."""
    publish_years()
    for year in (2022, YEAR):
        ReportOrder.objects.create(year=year, user=writer)
    whole = compose

    def poison(year: int, *rest: Any) -> Composition:
        if year == 2022:
            raise error("secret")
        return whole(year, *rest)

    monkeypatch.setattr(drafting, "compose", poison)
    with capture_logs() as lines:
        work()
    assert dict(ReportOrder.objects.values_list("year", "state")) == {2022: "FAILED", YEAR: "DONE"}
    assert "The server's log says where." in ReportOrder.objects.get(year=2022).message
    assert [(each["event"], each["error"]) for each in lines] == [("report not drafted", error.__name__)]
    assert "secret" not in json.dumps(lines) + ReportOrder.objects.get(year=2022).message
    assert "test_work.py" in lines[0]["where"]


def test_where_the_database_is_away_the_worker_ends_and_leaves_the_order_open(
    writer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    ReportOrder.objects.create(year=YEAR, user=writer)
    monkeypatch.setattr(production, "make_draft", lambda **_: (_ for _ in ()).throw(OperationalError("away")))
    with pytest.raises(OperationalError):
        work()
    assert ReportOrder.objects.get().state == "OPEN"


def test_a_draft_is_made_with_the_state_of_its_order_or_not_at_all(
    writer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish_years()
    ReportOrder.objects.create(year=YEAR, user=writer)
    outcome_of = production.outcome_of
    monkeypatch.setattr(production, "outcome_of", lambda order: {**outcome_of(order), "state": "BROKEN"})
    with pytest.raises(IntegrityError), transaction.atomic():
        work()
    assert not ReportDraft.objects.exists() and ReportOrder.objects.get().state == "OPEN"


@pytest.mark.django_db(transaction=True)
def test_of_two_workers_one_makes_an_order(monkeypatch: pytest.MonkeyPatch) -> None:
    writer = staff("writer", "statistician")
    ReportOrder.objects.create(year=YEAR, user=writer)
    years: list[int] = []
    answers: list[bool] = []

    def make(*, year: int, **_: Any) -> None:
        years.append(year)
        if len(years) == 1:
            with Background() as other:
                answers.append(other.start(lambda: production.carry_out_next(lambda _: None)).result(timeout=30))

    monkeypatch.setattr(production, "make_draft", make)
    assert production.carry_out_next(lambda _: None)
    assert (years, answers, ReportOrder.objects.get().state) == ([YEAR], [False], "DONE")
