"""The staff pages of the statistics, with the web server's rights: two people publish, an order and a decision are signed."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User

from core.text import Text, both
from partners.models import AuditEvent
from stats.models import PUBLIC, BuildOrder, Erratum, FactDecision, Publication
from tests.callers import Browser
from tests.stats.drafts import built, exact, look_at
from tests.stats.facts_decided import REASON, decide, undecided
from tests.stats.proposed import answered
from tests.stats.published import publish

pytestmark = pytest.mark.django_db
RELEASES = "/admin/statistics/release/"
RIGHTS = (
    "view_release",
    "approve_release",
    "view_buildorder",
    "add_buildorder",
    "view_factdecision",
    "add_factdecision",
)


def signed_in(name: str, *rights: str) -> tuple[User, Browser]:
    """A member of staff with these rights, and a browser."""
    user = User.objects.create_user(name, password="a-long-password", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=rights))
    browser = Browser()
    browser.force_login(user)
    return user, browser


@pytest.fixture
def builder(db: None) -> tuple[User, Browser]:
    """Who has a release built."""
    return signed_in("builder", *RIGHTS)


@pytest.fixture
def approver(db: None) -> tuple[User, Browser]:
    """Who approves it."""
    return signed_in("approver", *RIGHTS)


def said(response: Any) -> str:
    """The text of the page that follows."""
    assert response.status_code == 200, response.content
    return str(response.content.decode())


def test_the_list_has_protected_releases_alone(builder: tuple[User, Browser]) -> None:
    built(PUBLIC, "2023", user=builder[0])
    exact("2022")
    page = said(builder[1].get(RELEASES))
    assert "2023.p1" in page
    assert "draft" in page
    assert "2022.v1" not in page
    assert builder[1].get(f"{RELEASES}2022.v1/change/", follow=True).redirect_chain
    assert builder[1].get(f"{RELEASES}2022.v1/publish/").status_code == 404


def test_one_builds_and_another_publishes(builder: tuple[User, Browser], approver: tuple[User, Browser]) -> None:
    draft = built(PUBLIC, "2023", user=builder[0])
    address = f"{RELEASES}{draft.pk}/publish/"
    own = said(builder[1].get(f"{RELEASES}{draft.pk}/change/"))
    assert address not in own
    assert "Two members of staff are needed" in own
    assert "Two members of staff are needed" in said(builder[1].post(address, follow=True))
    assert address in said(look_at(approver[1], draft.pk).get(f"{RELEASES}{draft.pk}/change/"))
    assert not Publication.objects.exists()
    asked = said(approver[1].get(address))
    assert "Publishing is final" in asked
    assert "passed" in asked
    folded = re.search(r"<details>.*</details>", asked, re.DOTALL)
    assert folded and "6 shown, 2 hidden, 64%" in folded[0] and "passed" not in folded[0]
    assert "Room to spare, Gender" in asked and "breakdowns may stand here that the release does not have" in asked
    assert "Hidden figures, Gender" in asked
    assert "at most 2 % more of what is hidden could have been shown" in asked
    assert (
        "a partner that knows the persons whom it referred: 2 persons more than demanded" in asked
    )  # the one of them that has the least
    assert re.search(r"<details>.*partner:[0-9a-f-]{36}.*</details>", asked, re.DOTALL)
    assert "partner:" not in re.sub(r"<details>.*?</details>", "", asked, flags=re.DOTALL)
    assert not Publication.objects.exists()
    page = said(approver[1].post(address, {"off_calendar": "on"}, follow=True))
    assert "Vintage 1 of 2023 for the public is published." in page
    assert f"{RELEASES}{draft.pk}/withdraw/" in page
    assert "none: a second approver must agree" in said(approver[1].get(f"{RELEASES}{draft.pk}/withdraw/"))
    assert Publication.objects.get().user == approver[0]


def test_who_approves_is_shown_which_published_figures_were_set_aside_and_by_whom(
    builder: tuple[User, Browser], approver: tuple[User, Browser]
) -> None:
    """The proof holds without them, and who ordered the build may be who decided."""
    said_so: dict[str, Any] = {"reason": "Another count of the year.", "by": builder[0]}
    decide("2020", "superseded", **said_so)
    decide("2020", "interval", low=64, high=77, **said_so)
    decide("2023;gender=X", "different_definition", **said_so)
    undecided("2019", **said_so)
    draft = built(PUBLIC, "2023", user=builder[0])
    page = said(look_at(approver[1], draft.pk).get(f"{RELEASES}{draft.pk}/publish/"))
    assert (
        "2020, in all: known as an interval 64–77: Another count of the year. (builder, confirmed by confirmer)" in page
    )
    assert "2023, Gender: Transgender or other: different definition: Another count of the year. (builder" in page
    assert "superseded" not in page and "2019" not in page


def test_who_may_look_may_not_publish_or_withdraw(builder: tuple[User, Browser]) -> None:
    draft = built(PUBLIC, "2023", user=builder[0])
    _, viewer = signed_in("viewer", "view_release")
    assert f"{RELEASES}{draft.pk}/publish/" not in said(viewer.get(f"{RELEASES}{draft.pk}/change/"))
    for act in ("publish", "withdraw"):
        assert viewer.get(f"{RELEASES}{draft.pk}/{act}/").status_code == 403
        assert viewer.post(f"{RELEASES}{draft.pk}/{act}/").status_code == 403
    assert Browser().post(f"{RELEASES}{draft.pk}/publish/").status_code == 302
    assert not Publication.objects.exists()


def test_the_page_says_why_a_draft_cannot_be_published_and_what_to_do(
    builder: tuple[User, Browser], approver: tuple[User, Browser]
) -> None:
    first = built(PUBLIC, "2022", user=builder[0])
    built(PUBLIC, "2023", user=builder[0])
    built(PUBLIC, "2021", user=builder[0], passed=False)
    look_at(approver[1], first.pk).post(f"{RELEASES}{first.pk}/publish/", {"off_calendar": "on"})
    approver[0].user_permissions.remove(Permission.objects.get(codename="add_buildorder"))
    for release, words, what in (
        ("2023.p1", "is stale", ("order it again", "Order again")),
        ("2021.p1", "did not pass", ("order other tables", "Order with other tables")),
    ):
        publish, order = f"{RELEASES}{release}/publish/", f"/admin/statistics/buildorder/add/?period={release[:4]}&amp;"
        for answer in (approver[1].get(publish, follow=True), approver[1].post(publish, follow=True)):
            page = said(answer)
            assert words in page
            assert f"Ask a statistician to {what[0]}." in page
            assert [each for each in (publish, order) if each in page] == []
            assert "Room to spare, Gender" in page
        again = said(builder[1].get(f"{RELEASES}{release}/change/"))
        assert words in again and order in again and what[1] in again and "Ask a statistician" not in again
    statistician = signed_in("statistician", "add_buildorder", "view_release")
    own = built(PUBLIC, "2020", user=statistician[0], against=[first.pk])
    assert "Two members of staff" not in said(
        statistician[1].get(f"{RELEASES}{own.pk}/change/")
    )  # she was not to publish it
    form = said(builder[1].get("/admin/statistics/buildorder/add/?period=2023&audience=public"))
    assert 'value="2023"' in form
    assert re.search(r'<option value="public" selected', form)
    assert Publication.objects.count() == 1


def test_an_order_is_signed_and_checked(builder: tuple[User, Browser]) -> None:
    address = "/admin/statistics/buildorder/add/"
    answered(builder[0])
    for wrong in (
        {"period": "23", "audience": "public", "tables": "*"},
        {"period": "2023", "audience": "exact", "tables": "*"},
        {"period": "2023", "audience": "public", "tables": "shoe_size"},
        {"period": "2023", "audience": "public", "tables": "*", "threshold": "2"},
    ):
        said(builder[1].sure(address, wrong))
        assert not BuildOrder.objects.filter(kind="BUILD").exists()
    order = {"period": "2023", "audience": "public", "tables": "gender", "threshold": "7"}
    assert "2023" in said(builder[1].sure(address, order, follow=True))
    found = BuildOrder.objects.get(kind="BUILD")
    assert (found.user, found.state, found.choice) == (builder[0], "OPEN", {"tables": ["gender"], "threshold": 7})
    event = AuditEvent.objects.get(action="buildorder.add")
    assert (event.user_id, event.subject) == (builder[0].pk, "2023 public OPEN")
    assert builder[1].post(f"/admin/statistics/buildorder/{found.pk}/change/", order).status_code == 403


@pytest.mark.parametrize(("language", "shown", "other"), [("da", 0, 1), ("en", 1, 0)])
def test_the_list_says_why_an_order_failed_in_the_reader_s_language_alone(
    builder: tuple[User, Browser], language: str, shown: int, other: int
) -> None:
    words = ("Ingen tabel kan vises.", "No table would be offered.")
    stored = both(Text(*words))
    BuildOrder.objects.create(period="2023", audience=PUBLIC, user=builder[0], state="FAILED", message=stored)
    page = said(builder[1].get("/admin/statistics/buildorder/", HTTP_ACCEPT_LANGUAGE=language))
    assert words[shown] in page
    assert words[other] not in page


def test_an_order_that_could_never_be_built_is_refused_in_the_reader_s_words(builder: tuple[User, Browser]) -> None:
    order = {"period": "2023-Q4", "audience": "public"}
    page = said(builder[1].post("/admin/statistics/buildorder/add/", order, headers={"Accept-Language": "da"}))
    assert "Udgivelser for offentligheden er af år eller af puljer af år." in page
    assert not BuildOrder.objects.exists()


def test_an_order_of_a_later_vintage_needs_change_notes(builder: tuple[User, Browser]) -> None:
    publish(PUBLIC, "2023", {"": {"": 7}})
    answered(builder[0])
    address, order = "/admin/statistics/buildorder/add/", {"period": "2023", "audience": "public", "tables": "gender"}
    for wrong in ({}, {"change_notes_da": "Nyt."}, {"change_notes_da": "Nyt.", "change_notes_en": " "}):
        assert "what has changed since" in said(builder[1].post(address, {**order, **wrong}))
        assert not BuildOrder.objects.filter(kind="BUILD").exists()
    notes = {"change_notes_da": "Nyt.", "change_notes_en": "News."}
    said(builder[1].sure(address, {**order, **notes}, follow=True))
    found = BuildOrder.objects.get(kind="BUILD")
    assert (found.change_notes_da, found.change_notes_en) == ("Nyt.", "News.")


def test_an_erratum_is_of_a_published_release_signed_and_final(
    builder: tuple[User, Browser], approver: tuple[User, Browser]
) -> None:
    _, viewer = signed_in("viewer", "view_erratum", "view_release")
    editor, browser = signed_in("editor", "view_erratum", "add_erratum")
    first = built(PUBLIC, "2022", user=builder[0])
    look_at(approver[1], first.pk).post(f"{RELEASES}{first.pk}/publish/", {"off_calendar": "on"})
    draft = built(PUBLIC, "2023", user=builder[0], against=[first.pk])
    address, text = "/admin/statistics/erratum/add/", {"text_da": "Fejl.", "text_en": "Error."}
    page = said(browser.get(address))
    assert (first.pk in page, draft.pk in page) == (True, False)
    assert viewer.post(address, {"release": first.pk, **text}).status_code == 403
    for wrong in ({"release": draft.pk, **text}, {"release": first.pk, "text_da": "Fejl."}, text):
        said(browser.post(address, wrong))
        assert not Erratum.objects.exists()
    said(browser.sure(address, {"release": first.pk, **text}, follow=True))
    found = Erratum.objects.get()
    assert (found.release_id, found.user, found.text_da, found.text_en) == (first.pk, editor, "Fejl.", "Error.")
    event = AuditEvent.objects.get(action="erratum.add")
    assert (event.user_id, event.subject) == (editor.pk, first.pk)
    for act in ("change", "delete"):
        assert browser.post(f"/admin/statistics/erratum/{found.pk}/{act}/", {"post": "yes", **text}).status_code == 403
    assert "Error." in said(browser.get("/admin/statistics/erratum/"))


def test_who_approves_reads_the_change_notes_first(
    builder: tuple[User, Browser], approver: tuple[User, Browser]
) -> None:
    built(PUBLIC, "2023", user=builder[0])
    second = built(PUBLIC, "2023", user=builder[0], vintage=2)
    for page in ("change", "publish"):
        shown = said(look_at(approver[1], second.pk).get(f"{RELEASES}{second.pk}/{page}/"))
        assert second.change_notes_da in shown
        assert second.change_notes_en in shown
    assert "What changed" not in said(look_at(approver[1], "2023.p1").get(f"{RELEASES}2023.p1/publish/"))


def test_a_decision_is_signed_and_final(builder: tuple[User, Browser]) -> None:
    address = "/admin/statistics/factdecision/add/"
    for wrong in (
        {"fact": "2020", "decision": "superseded"},
        {"fact": "2020", "decision": "superseded", "reason": f"  {'x' * 19}  "},
        {"fact": "2020;gender=Q", "decision": "superseded", "reason": REASON},
        {"fact": "2020", "decision": "interval", "reason": REASON},
        {"fact": "2020", "decision": "superseded", "low": "1", "reason": REASON},
        {"fact": "2020", "decision": "interval", "low": "77", "high": "64", "reason": REASON},
    ):
        said(builder[1].post(address, wrong))
        assert not FactDecision.objects.exists()
    decision = {"fact": "2020", "decision": "interval", "low": "64", "high": "77", "reason": REASON}
    said(builder[1].sure(address, decision, follow=True))
    found = FactDecision.objects.get()
    assert (found.user, found.low, found.high) == (builder[0], 64, 77)
    assert AuditEvent.objects.get(action="factdecision.add").user_id == builder[0].pk
    assert builder[1].post(f"/admin/statistics/factdecision/{found.pk}/delete/", {"post": "yes"}).status_code == 403


def test_staff_are_never_deleted(builder: tuple[User, Browser]) -> None:
    boss = User.objects.create_superuser("boss")
    browser = Browser()
    browser.force_login(boss)
    assert browser.post(f"/admin/auth/user/{builder[0].pk}/delete/", {"post": "yes"}).status_code == 403


@pytest.mark.parametrize("period", ["2030", "2030-Q1", "2021-2030"])
def test_an_order_of_a_period_to_come_is_refused(builder: tuple[User, Browser], period: str) -> None:
    order = {"period": period, "audience": "authority"}
    for language, said_so in (("en", "has not begun"), ("da", "er ikke begyndt")):
        page = said(builder[1].post("/admin/statistics/buildorder/add/", order, headers={"Accept-Language": language}))
        assert said_so in page
    assert not BuildOrder.objects.exists()
