"""The page on which staff see a release as its readers get it, a draft beside what was published before."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.auth.models import User

from partners.models import AuditEvent
from stats.models import AUTHORITY, PUBLIC, Publication, ScheduledPublication
from tests.callers import Browser
from tests.people.visitors import numbers, signed_in, staff, words
from tests.stats.drafts import CELLS, built, exact, look_at
from tests.stats.records import partner

pytestmark = pytest.mark.django_db
RELEASES = "/admin/statistics/release/"
DANISH = {"Accept-Language": "da"}
WHOLE: dict[str, Any] = {**CELLS, "hidden": [], "symbol": None, "within": []}
TOTAL = {**WHOLE, "axes": "", "codes": [""], "counts": [60]}
GENDER = {**CELLS, "hidden": ["M", "X", "_U"]}
CITIZENSHIP = {**WHOLE, "axes": "citizenship", "codes": ["NG", "RO"], "counts": [30, 30], "offered": False}
TABLES = [TOTAL, GENDER, CITIZENSHIP]
INTERVALS: dict[tuple[str, str], dict[str, tuple[int, int | None]]] = {
    ("2023.p1", "gender"): {"M": (12, 17), "X": (0, 9), "_U": (10, None)}
}


def preview(user: User, release: str, headers: dict[str, str] | None = None) -> str:
    """The text of the page of a draft's tables."""
    return words(signed_in(user).get(f"{RELEASES}{release}/preview/", headers=headers or {}))


def republished(statistician: User, approver: User) -> None:
    """A published vintage and a draft of the next one."""
    built(PUBLIC, "2023", user=statistician, tables=[TOTAL, GENDER], intervals=INTERVALS)
    look_at(signed_in(approver), "2023.p1").post(f"{RELEASES}2023.p1/publish/", {"off_calendar": "on"})
    now = {
        ("2023.p1", "gender"): {"M": (13, 15), "X": (0, 9), "_U": (10, 12)},
        ("2023.p2", "gender"): {"M": (12, 18), "X": (0, 14), "_U": (15, 20)},
    }
    later = {**GENDER, "counts": [50], "symbol": 14}
    tables = [{**TOTAL, "counts": [80]}, later, CITIZENSHIP]
    built(PUBLIC, "2023", vintage=2, user=statistician, against=["2023.p1"], tables=tables, intervals=now)


def test_each_figure_is_said_as_readers_will_read_it(statistician: User) -> None:
    built(PUBLIC, "2023", user=statistician, tables=TABLES, intervals=INTERVALS)
    page = preview(statistician, "2023.p1")
    for row in ("in all 60", "female 42", "male 12–17", "transgender or other 0–9", "not known at least 10"):
        assert row in page.lower(), row
    assert "42 of 60 persons in exact figures. Doubt: 0.40. Readers are offered the table." in page
    assert "Readers are not offered the table by itself: it tells too little." in page
    assert re.search(r"The other \d+ figures are 0\.", page)
    assert "60 of 60 persons in exact figures. Readers are offered the table." in page  # no doubt is stored of it
    assert "As everybody will read the tables" in page
    assert "The period has no published vintage." in page


def test_the_last_published_vintage_stands_beside_it_as_it_is_told_now(statistician: User, approver: User) -> None:
    republished(statistician, approver)
    page = preview(approver, "2023.p2")
    assert "Beside it stands the last published vintage, 2023, the public, vintage 1 (2023.p1)." in page
    assert "Draft 2023, vintage 1 Difference" in page
    for row in (
        "in all 80 60 +20",
        "female 50 42 +8",
        "male 12–18 12–17 transgender",
        "transgender or other 0–14 0–9 not known",
        "nigeria 30 not in it",
    ):
        assert row in page.lower(), row
    assert "not known 15–20 at least 10" in page.lower()  # the draft itself tells nothing yet of the earlier one


def test_the_page_is_danish_for_who_reads_danish(statistician: User) -> None:
    built(PUBLIC, "2023", user=statistician, tables=TABLES, intervals=INTERVALS)
    page = preview(statistician, "2023.p1", DANISH)
    assert "42 af 60 personer i eksakte tal." in page
    assert "mindst 10" in page
    assert "Hvert opslag står i revisionssporet" in page
    assert "den, der også kender andres offentliggjorte tal: 3 personer mere end krævet" in page
    assert "kontrolleres under ét. Derfor kan her stå inddelinger, som udgivelsen ikke har." in page
    assert "at least" not in page


def test_of_an_authority_s_draft_what_is_not_shown_is_hidden(statistician: User) -> None:
    built(AUTHORITY, "2023-Q4", user=statistician, tables=[WHOLE], intervals={})
    page = preview(statistician, "2023-Q4.a1")
    assert "As authorities will read the tables" in page
    assert "1 of 4 figures is shown, with noise. They do not add up to the total. Readers are offered" in page
    assert "Male hidden" in page
    assert "Doubt" not in page and "persons in" not in page


def test_figures_with_noise_are_counted_and_not_added_up(statistician: User) -> None:
    gender = {**WHOLE, "codes": ["F", "M"], "counts": [20, 12]}
    built(AUTHORITY, "2023-Q4", user=statistician, tables=[{**TOTAL, "counts": [25]}, gender], intervals={})
    page = preview(statistician, "2023-Q4.a1")
    assert "The figure is shown, with noise. Readers" in page
    assert "2 of 4 figures are shown, with noise." in page and "32" not in numbers(page)
    told = preview(statistician, "2023-Q4.a1", DANISH)
    assert "2 af 4 tal vises, med støj. Tallene kan ikke lægges sammen til det samlede antal." in told


@pytest.mark.parametrize(
    ("audience", "period", "before"), [(PUBLIC, "2023", "2022"), (AUTHORITY, "2023-Q4", "2022-Q4")]
)
def test_the_first_vintage_of_a_period_stands_beside_the_year_before(
    statistician: User, approver: User, audience: str, period: str, before: str
) -> None:
    letter = "p" if audience == PUBLIC else "a"
    earlier, name = f"{before}.{letter}1", f"{period}.{letter}1"
    whole = {**WHOLE, "codes": ["F", "M", "X"], "counts": [1200, 11, 8]}
    built(audience, before, user=statistician, tables=[GENDER], intervals={})
    look_at(signed_in(approver), earlier).post(f"{RELEASES}{earlier}/publish/", {"off_calendar": "on"})
    built(audience, period, user=statistician, against=[earlier], tables=[TOTAL, whole], intervals={})
    page = preview(approver, name)
    assert "The period has no published vintage. Beside it stands the year before, 2022" in page
    assert f"({earlier})." in page and "vintage 1 Difference" in page
    assert "in all 60 not in it Gender" in page.replace("In all", "in all")
    assert "female 1,200 42 +1,158" in page.lower(), page
    assert "male 11 hidden transgender or other 8 0–9 not known" in page.lower()  # no difference from a hidden one
    assert "Back to 2023" in page and f"({name})" in page
    danish = preview(approver, name, DANISH)
    assert "Perioden har ingen udgivet udgave. Ved siden af står året før, " in danish and "Forskel" in danish


def test_what_others_read_stands_beside_no_draft(statistician: User, approver: User) -> None:
    built(AUTHORITY, "2022", user=statistician, tables=[WHOLE], intervals={})
    look_at(signed_in(approver), "2022.a1").post(f"{RELEASES}2022.a1/publish/", {"off_calendar": "on"})
    built(PUBLIC, "2023", user=statistician, against=["2022.a1"], tables=TABLES, intervals=INTERVALS)
    page = preview(approver, "2023.p1")
    assert "The period has no published vintage." in page and "Beside it" not in page and "Difference" not in page


def test_every_look_leaves_a_row_and_the_approver_reads_who_looked(statistician: User, approver: User) -> None:
    """Two drafts of a period tell more together than each by itself: who looks at many is seen by the second person."""
    for vintage in (1, 2):
        built(PUBLIC, "2023", vintage=vintage, user=statistician, tables=TABLES)
        preview(statistician, f"2023.p{vintage}")
    preview(statistician, "2023.p2")
    assert AuditEvent.objects.filter(action="release.preview", user=statistician).count() == 3
    asked = words(look_at(signed_in(approver), "2023.p2").get(f"{RELEASES}2023.p2/publish/"))
    assert "Have looked at drafts of the period anna (1), stine (2)" in asked
    assert "anna (1), stine (2)" in preview(approver, "2023.p2")


def test_looks_at_drafts_of_some_of_the_same_months_are_told_too(statistician: User, approver: User) -> None:
    """A pool less a published year is a table of the other year, and hides other cells than the draft of that year."""
    for audience, period in ((PUBLIC, "2023"), (PUBLIC, "2022-2023"), (AUTHORITY, "2023-Q4"), (PUBLIC, "2021")):
        built(audience, period, user=statistician, tables=TABLES)
    for release in ("2023.p1", "2022-2023.p1", "2023-Q4.a1", "2021.p1"):
        preview(statistician, release)
    asked = words(look_at(signed_in(approver), "2023.p1").get(f"{RELEASES}2023.p1/publish/"))
    assert "stine (3)" in asked


@pytest.mark.parametrize("role", ["auditor", "case_manager", "data_protection", "partner_manager", None])
def test_no_other_role_sees_a_draft_s_tables_or_the_way_to_them(statistician: User, role: str | None) -> None:
    built(PUBLIC, "2023", user=statistician, tables=TABLES)
    browser = signed_in(staff(f"one-{role}", role))
    assert browser.get(f"{RELEASES}2023.p1/preview/").status_code == 403
    assert "/preview/" not in browser.get(f"{RELEASES}2023.p1/change/").content.decode()
    assert not AuditEvent.objects.filter(action="release.preview").exists()
    assert Browser().get(f"{RELEASES}2023.p1/preview/").status_code == 302


def test_a_draft_that_cannot_be_published_is_refused_in_words(statistician: User, approver: User) -> None:
    built(PUBLIC, "2022", user=statistician, passed=False, tables=TABLES)
    built(PUBLIC, "2021", user=statistician, against=["2020.p1"], tables=TABLES)
    exact("2019")
    for release, why in (("2022.p1", "did not pass"), ("2021.p1", "is stale")):
        for user in (statistician, approver):
            browser = signed_in(user)
            assert f"{release}/preview/" not in browser.get(f"{RELEASES}{release}/change/").content.decode()
            page = words(browser.get(f"{RELEASES}{release}/preview/", follow=True))
            assert why in page
            assert "12–17" not in page
    assert signed_in(statistician).get(f"{RELEASES}2019.v1/preview/").status_code == 404
    assert not AuditEvent.objects.filter(action="release.preview").exists()


def test_the_pages_of_the_release_lead_to_its_tables(statistician: User, approver: User) -> None:
    built(PUBLIC, "2023", user=statistician, tables=TABLES)
    look_at(signed_in(approver), "2023.p1")
    for user, path in ((statistician, "change"), (approver, "change"), (approver, "publish")):
        assert f"{RELEASES}2023.p1/preview/" in signed_in(user).get(f"{RELEASES}2023.p1/{path}/").content.decode()


@pytest.mark.parametrize(("audience", "release"), [(PUBLIC, "2023.p1"), (AUTHORITY, "2023-Q4.a1")])
def test_what_was_published_is_read_by_the_same_roles_and_each_look_is_in_the_audit(
    statistician: User, approver: User, audience: str, release: str
) -> None:
    built(audience, release.partition(".")[0], user=statistician, tables=TABLES[1:2], intervals={})
    look_at(signed_in(approver), release).post(f"{RELEASES}{release}/publish/", {"off_calendar": "on"})
    for user in (statistician, approver):
        page = signed_in(user).get(f"{RELEASES}{release}/change/").content.decode()
        assert f'<a href="{RELEASES}{release}/preview/">See the tables</a>' in page
        shown = preview(user, release)
        assert f"As {'everybody reads' if audience == PUBLIC else 'authorities read'} the tables." in shown
        assert "Female 42" in shown
        assert "raft" not in shown.partition("As ")[2] and "Stale" not in shown
        assert AuditEvent.objects.get(action="release.read", user=user).subject == release
    auditor = signed_in(staff("looker", "auditor"))
    assert auditor.get(f"{RELEASES}{release}/preview/").status_code == 403
    assert "/preview/" not in auditor.get(f"{RELEASES}{release}/change/").content.decode()
    assert AuditEvent.objects.filter(action="release.preview").count() == 1


@pytest.mark.parametrize("act", ["publish", "schedule"])
def test_nobody_publishes_or_plans_a_draft_unseen(statistician: User, approver: User, act: str) -> None:
    """A look at the draft before, or somebody else's look, is none at this one."""
    republished(statistician, approver)
    browser, address = signed_in(approver), f"{RELEASES}2023.p2/{act}/"
    preview(statistician, "2023.p2")
    form: dict[str, Any] = {"due_at": "2101-06-14T12:00", "exact": "2101-06-14T12:00:00+02:00"}
    for answer in (browser.get(address, follow=True), browser.post(address, form, follow=True)):
        assert "See the tables first: you have not looked at this draft." in words(answer)
        assert f'<a href="{RELEASES}2023.p2/preview/">' in answer.content.decode()
        assert address not in answer.content.decode()
    told = words(browser.get(f"{RELEASES}2023.p2/change/", headers=DANISH))
    assert "Se tabellerne først: du har ikke set dette udkast." in told
    assert (Publication.objects.count(), ScheduledPublication.objects.count()) == (1, 0)
    page = look_at(browser, "2023.p2").get(f"{RELEASES}2023.p2/change/").content.decode()
    assert address in page and "See the tables first" not in page
    assert browser.get(address).status_code == 200


def test_who_ordered_and_may_approve_sees_her_own_draft_and_why_she_does_not_publish_it() -> None:
    boss = staff("boss", is_superuser=True)
    built(PUBLIC, "2023", user=boss, tables=TABLES)
    page = signed_in(boss).get(f"{RELEASES}2023.p1/change/").content.decode()
    assert "Two members of staff are needed" in page
    assert "2023.p1/preview/" in page
    assert "2023.p1/publish/" not in page


def test_what_the_audit_stored_is_folded_away(statistician: User) -> None:
    built(PUBLIC, "2023", user=statistician, tables=TABLES)
    page = signed_in(statistician).get(f"{RELEASES}2023.p1/preview/").content.decode()
    assert "<details><summary>As it is stored, for programs</summary>" in page
    assert "{" not in re.sub(r"<details>.*?</details>|<script.*?</script>|<style.*?</style>", "", page, flags=re.DOTALL)


def test_sums_stand_in_tables_of_their_own_with_what_is_told_of_hidden_ones(statistician: User, approver: User) -> None:
    reporting = partner()
    built(PUBLIC, "2023", user=statistician, sums_of=reporting, unknown="informed")
    page = preview(statistician, "2023.p1")
    assert "Outreach: contacts – Region 6 of 14 figures are shown." in page
    assert "Capital Region of Denmark Of these, given information :" in page
    for row in ("Capital Region of Denmark Contacts with persons 30", "Zealand Contacts with persons 0–9", "Abroad"):
        assert row in page
    look_at(signed_in(approver), "2023.p1").post(f"{RELEASES}2023.p1/publish/", {"off_calendar": "on"})
    built(PUBLIC, "2023", vintage=2, user=statistician, against=["2023.p1"], sums_of=reporting)
    assert "Capital Region of Denmark Contacts with persons 30 30 0" in preview(statistician, "2023.p2")
    assert "Zealand Contacts with persons 0–9" in preview(approver, "2023.p1")
