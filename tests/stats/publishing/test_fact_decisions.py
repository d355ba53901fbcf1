"""A figure of others is decided seeing it, by one member of staff, and holds once another has confirmed it."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from core.text import both
from partners.models import AuditEvent
from stats import published
from stats.errors import ReleaseRefused
from stats.models import FAILED, PUBLIC, BuildOrder, CountedFact, FactDecision, FactDecisionEnd
from stats.published import Figure
from stats.publishing import checks
from tests.callers import Browser
from tests.people.visitors import signed_in, staff, words
from tests.stats.facts_decided import REASON, undecided
from tests.stats.publishing.town import Town, build
from tests.stats.web_role import refused

pytestmark = pytest.mark.django_db
SCREEN, SOURCE = "/admin/statistics/factdecision/", "A report of 2013"
FACT, FORM = "2012;gender=X", {"fact": "2012;gender=X", "decision": "superseded", "reason": REASON}


@pytest.fixture
def contradicted(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """A year of which a report says that there were 4 of a gender, where the records have 3."""
    town.year(2012)
    figure = Figure(2012, 2012, (("gender", ("X",)),), 4, SOURCE)
    monkeypatch.setattr(published, "known_figures", lambda: iter([figure]))


def is_refused() -> str:
    """What a build of the year is refused with."""
    with pytest.raises(ReleaseRefused) as refusal:
        build("2012", PUBLIC, ["gender"])
    return both(refusal.value)


def end(browser: Browser, act: str, **form: str) -> Any:
    """Somebody ends the wait of the last decision."""
    row = FactDecision.objects.latest("pk")
    return browser.sure(f"{SCREEN}{row.pk}/end/{act}/", form, follow=True)


@pytest.mark.usefixtures("contradicted")
def test_a_decision_is_taken_and_confirmed_seeing_and_holds_from_then_on(statistician: User, approver: User) -> None:
    message = is_refused()
    order = BuildOrder.objects.create(period="2012", audience=PUBLIC, user=statistician, state=FAILED, message=message)
    first, second = signed_in(statistician), signed_in(approver)
    page = first.get(f"/admin/statistics/buildorder/{order.pk}/change/").content.decode()
    link = re.search(rf'<a href="({SCREEN}add/[^"]+)">Decide ', page)
    assert link
    seen = ("Published by others 4: A report of 2013", "Counted in our records 3 (counted ", "not for publication")
    # The form says what each choice does, and the question what the chosen one does.
    form = words(first.get(unescape(link[1])))
    assert [
        each
        for each in (*seen, "of an earlier moment", "counts other persons", "of the same persons")
        if each not in form
    ] == []
    asked = words(first.post(f"{SCREEN}add/", FORM))
    assert [each for each in (*seen, "of an earlier moment") if each not in asked] == []
    assert "counts other persons" not in asked and not FactDecision.objects.exists()
    first.sure(f"{SCREEN}add/", FORM)

    # Until another has confirmed it builds go on being refused, and everybody is told who waits for whom.
    assert is_refused() == message
    assert "Waits for confirmation" in words(first.get(f"/admin/statistics/buildorder/{order.pk}/change/"))
    assert "for you to confirm it" not in words(first.get("/admin/"))
    home = second.get("/admin/")
    assert "A decision on a figure of others waits for you to confirm it" in words(home)
    row = FactDecision.objects.get()
    address = f"{SCREEN}{row.pk}/change/"
    assert f'href="{address}"' in home.content.decode()
    assert "Confirm the decision" not in words(first.get(address))
    assert "Two members of staff are needed" in words(end(first, "confirm"))
    page_of_second = words(second.get(address))
    assert [each for each in (*seen, "of an earlier moment", REASON) if each not in page_of_second] == []
    question = words(second.get(f"{SCREEN}{row.pk}/end/confirm/"))
    assert [each for each in (*seen, "of an earlier moment", REASON) if each not in question] == []
    assert not FactDecisionEnd.objects.exists()
    assert "The decision holds now." in words(end(second, "confirm"))
    assert build("2012", PUBLIC, ["gender"]).passed
    assert "for you to confirm it" not in words(second.get("/admin/"))
    assert "confirmed (" in words(first.get(SCREEN))
    assert "The decision waits no more." in words(end(second, "refuse", reason=REASON))


@pytest.mark.usefixtures("contradicted")
def test_the_first_takes_it_back_and_the_second_says_no_with_a_reason(statistician: User, approver: User) -> None:
    message = is_refused()
    first, second = signed_in(statistician), signed_in(approver)
    first.sure(f"{SCREEN}add/", FORM)
    assert "Two members of staff are needed" in words(end(second, "take-back"))
    assert "The decision is taken back." in words(end(first, "take-back"))
    first.sure(f"{SCREEN}add/", FORM)
    for short in ({}, {"reason": "x"}, {"reason": "  no, no, no, no    "}):
        assert not FactDecisionEnd.objects.filter(outcome="REFUSED").exists()
        answer = words(end(second, "refuse", **short))
        assert "at least 20 characters" in answer or "This field is required." in answer
    why = "The report of 2013 counts the same persons as we do."
    assert "The decision is refused." in words(end(second, "refuse", reason=why))
    assert is_refused() == message
    home = words(first.get("/admin/"))
    assert "One of your decisions on figures of others is refused" in home and why in home
    assert "is refused" not in words(second.get("/admin/"))
    assert why in words(first.get(f"{SCREEN}?state=ended"))
    events = AuditEvent.objects.filter(action__startswith="factdecision.").exclude(action="factdecision.compare")
    assert [*events.order_by("at").values_list("action", "user_id")] == [
        ("factdecision.add", statistician.pk),
        ("factdecision.taken_back", statistician.pk),
        ("factdecision.add", statistician.pk),
        ("factdecision.refused", approver.pk),
    ]


@pytest.mark.usefixtures("contradicted")
def test_our_number_is_for_who_decides_alone_and_each_reading_is_kept_without_it(approver: User) -> None:
    is_refused()
    row = undecided(FACT)
    auditor, address = signed_in(staff("ole", "auditor")), f"{SCREEN}{row.pk}/change/"
    seen = words(auditor.get(address))
    assert "4: A report of 2013" in seen and "Shown to those who decide or confirm" in seen and "(counted " not in seen
    assert auditor.get(f"{SCREEN}{row.pk}/end/confirm/").status_code == 403
    assert not AuditEvent.objects.filter(action="factdecision.compare").exists()
    assert "3 (counted " in words(signed_in(approver).get(address))
    (event,) = AuditEvent.objects.filter(action="factdecision.compare")
    assert (event.user_id, event.subject, event.detail) == (approver.pk, FACT, {})
    refused("SELECT FROM build.statistics_countedfact")


def test_a_verification_writes_no_count(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    town.year(2012)
    release = build("2012", PUBLIC, ["gender"]).release
    figure = Figure(2012, 2012, (("gender", ("X",)),), 4, SOURCE)
    monkeypatch.setattr(published, "known_figures", lambda: iter([figure]))
    check = checks.rebuild_check(release, lambda _: None)
    assert not check.passed and "contradict" in check.detail
    assert not CountedFact.objects.exists()
    is_refused()
    assert CountedFact.objects.get().fact == FACT


def test_a_figure_for_which_nothing_was_refused_was_not_counted(statistician: User) -> None:
    page = words(signed_in(statistician).get(f"{SCREEN}add/?fact=2020"))
    assert "No order was refused because of the figure" in page
    assert not CountedFact.objects.exists()


@pytest.mark.parametrize(
    "reason", ["x", "x" * 19, f"{' ' * 12}x{' ' * 12}", "." * 30, "\u200b\u202e" * 13, "123456789 " * 3]
)
def test_the_table_refuses_a_reason_that_is_short_or_no_words(reason: str) -> None:
    with pytest.raises(IntegrityError, match="factdecision_reason_told"), transaction.atomic():
        undecided("2020", reason=reason)
    row = undecided("2020")
    with pytest.raises(IntegrityError, match="factdecisionend_reason_told"), transaction.atomic():
        FactDecisionEnd.objects.create(
            decision=row, outcome="REFUSED", reason=reason, user=staff("boss", is_superuser=True)
        )
