"""The mistake found after publication: a sign at once, an erratum by two, and a withdrawal by two where nothing replaces it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from cases.months import today
from stats.models import Erratum, WithdrawalRequest
from tests.api.asserts import body, problem
from tests.api.open_figures import get
from tests.plays import stage

pytestmark = pytest.mark.django_db
ERRATA = "/admin/statistics/erratum/"
WHY = {"reason_da": "Et ark var talt med to gange.", "reason_en": "A sheet had been counted twice."}


@pytest.fixture
def play(db: None) -> tuple[stage.Member, stage.Member, int]:
    """A published year whose figure is wrong. Others have published the years before."""
    year = today().year - 1
    reporters, ida, ole = stage.Reporters(), stage.statistician(), stage.approver()
    reporters.report(year, 14)
    said = ida.orders(year)
    assert stage.drafts() == [f"{year}.p1"], said
    assert "is published" in ole.acts(f"{year}.p1", "publish", stage.UNANNOUNCED)
    assert f"14 persons were identified as victims of human trafficking in {year}" in stage.front()
    return ida, ole, year


def test_a_release_under_review_says_so_at_once(play: tuple[stage.Member, stage.Member, int]) -> None:
    ida, ole, year = play
    sign = "The release is under review."
    ida.does(f"{stage.RELEASES}{year}.p1/review/")
    for page in (stage.front(), stage.public_page(f"/en/releases/{year}.p1/")):
        assert sign in page
    assert "UNDER_REVIEW" in body(get(f"/api/v1/releases/{year}.p1"))["notes"]
    ole.does(f"{stage.RELEASES}{year}.p1/end_review/")
    assert sign not in stage.front()


def test_an_erratum_is_read_by_a_second_person_first(play: tuple[stage.Member, stage.Member, int]) -> None:
    ida, ole, year = play
    text = {"text_da": "Det samlede antal er for højt.", "text_en": "The total is too high.", "of_total": "on"}
    form = {"release": f"{year}.p1", **text}
    assert "the total is wrong yes" in stage.words(ida.browser.post(f"{ERRATA}add/", form, **stage.ENGLISH)).lower()
    ida.does(f"{ERRATA}add/", form)
    assert text["text_en"] not in stage.front()
    assert "An erratum waits for a colleague to read it" in ole.opens(stage.ADMIN)
    assert "An erratum waits" not in ida.opens(stage.ADMIN)
    assert "You wrote the erratum yourself" in decide(ida, "publish")
    assert text["text_en"] not in stage.front()
    chosen = {"action": "publish", "_selected_action": Erratum.objects.get().pk}
    question = stage.words(ole.browser.post(ERRATA, chosen, **stage.ENGLISH))
    assert all(each in question for each in (*list(text.values())[:2], "the total is wrong yes", "statistician"))
    decide(ole, "publish")
    assert "A colleague has decided already." in decide(stage.approver("second"), "refuse")
    assert "You have decided already." in decide(ole, "refuse")
    page = stage.front()
    assert text["text_en"] in page
    assert "identified as victims of human trafficking in" in page
    assert "14 persons were identified" not in page


def decide(member: stage.Member, act: str) -> str:
    """Decide on the erratum, as the list of errata lets one do it."""
    return member.does(ERRATA, {"action": act, "_selected_action": Erratum.objects.get().pk})


def test_a_release_that_nothing_replaces_is_withdrawn_by_two(play: tuple[stage.Member, stage.Member, int]) -> None:
    _, ole, year = play
    eva, release = stage.approver("second"), f"{year}.p1"
    assert "waits for a second approver" in ole.does(f"{stage.RELEASES}{release}/withdraw/", WHY)
    assert stage.total(year) == 14
    assert "agree_withdrawal" not in ole.browser.get(f"{stage.RELEASES}{release}/change/").content.decode()
    assert "A withdrawal waits for a second approver" in eva.opens(stage.ADMIN)
    assert "asked for the withdrawal yourself" in answer(ole, release, "agree_withdrawal")
    assert stage.total(year) == 14
    address = f"{stage.RELEASES}{release}/agree_withdrawal/"
    read = exact(stage.approver("third"), address)
    assert "is withdrawn" in answer(eva, release, "agree_withdrawal")
    assert "There is no such request any more" in ole.does(address, {"exact": read})
    check_gone(release, year)


def answer(member: stage.Member, release: str, act: str) -> str:
    """Decide on a request to withdraw, as its question was read."""
    address = f"{stage.RELEASES}{release}/{act}/"
    return member.does(address, {"exact": exact(member, address)})


def exact(member: stage.Member, address: str) -> str:
    """What a question asks about, as its form sends it again."""
    page = member.browser.get(address, **stage.ENGLISH).content.decode()
    return str(page.partition('name="exact" value="')[2].partition('"')[0])


def test_a_yes_is_to_the_reason_that_was_read(play: tuple[stage.Member, stage.Member, int]) -> None:
    """While the second approver reads, the first takes the request back and asks with another reason."""
    _, ole, year = play
    eva, release = stage.approver("second"), f"{year}.p1"
    ole.does(f"{stage.RELEASES}{release}/withdraw/", WHY)
    address = f"{stage.RELEASES}{release}/agree_withdrawal/"
    read = exact(eva, address)
    answer(ole, release, "refuse_withdrawal")
    other = {"reason_da": "Centret ønsker ikke tallet læst.", "reason_en": "The centre wants nobody to read it."}
    ole.does(f"{stage.RELEASES}{release}/withdraw/", other)
    page = eva.does(address, {"exact": read})
    assert other["reason_en"] in page and "No, back" in page
    assert stage.total(year) == 14
    assert "is withdrawn" in answer(eva, release, "agree_withdrawal")


def test_a_withdrawal_says_why_in_a_sentence(play: tuple[stage.Member, stage.Member, int]) -> None:
    _, ole, year = play
    page = ole.does(f"{stage.RELEASES}{year}.p1/withdraw/", {"reason_da": "x", "reason_en": "x"})
    assert "at least 20 characters" in page and not WithdrawalRequest.objects.exists()


def check_gone(release: str, year: int) -> None:
    """No public address tells a figure of a withdrawn release, and each says why."""
    why = WHY["reason_en"]
    assert why in stage.public_page(f"/en/releases/{release}/", 410)
    assert why in stage.public_page(f"/en/statistics/persons/?release={release}", 410)
    assert stage.public_page(f"/en/releases/{release}/proof/", 410)
    for path in (f"releases/{release}", f"releases/{release}/certificate", f"releases/{release}/citation"):
        assert why in json.dumps(problem(get(f"/api/v1/{path}"), "release_withdrawn"))
    problem(get(f"/api/v1/statistics/persons?release={release}"), "release_withdrawn")
    # Who asks for the year is told as well, and nothing promises that it comes again.
    for name in ("year", "period"):
        assert why in json.dumps(problem(get(f"/api/v1/statistics/persons?{name}={year}"), "release_withdrawn"))
    gone = stage.public_page(f"/en/statistics/persons/?period={year}", 410)
    assert why in gone and "These figures are withdrawn. Do not use them." in gone
    assert "Use instead" not in gone and "yet" not in gone
    assert stage.total(year) is None
    told: Any = {each["id"]: each for each in body(get("/api/v1/releases"))["items"]}
    assert told[release]["withdrawn"]["replacement"] is None and why in told[release]["withdrawn"]["reason"]
    page = stage.front()
    assert "identified as victims of human trafficking in" in page
    assert why in page and "14 persons" not in page
    assert f"Withdrawn. Reason: {why}" in stage.public_page("/en/releases/")
    feed = stage.public_page("/en/releases.atom")
    assert f"({release}): withdrawn" in feed and why in feed
    assert f"{release}/" not in stage.public_page("/sitemap.xml")


def test_the_second_person_says_no_to_a_withdrawal(play: tuple[stage.Member, stage.Member, int]) -> None:
    _, ole, year = play
    eva, release = stage.approver("second"), f"{year}.p1"
    ole.does(f"{stage.RELEASES}{release}/withdraw/", WHY)
    assert "The withdrawal is refused." in answer(eva, release, "refuse_withdrawal")
    assert stage.total(year) == 14
    assert "A withdrawal waits" not in eva.opens(stage.ADMIN)
