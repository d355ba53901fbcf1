"""The staff screens of plans, as each role: a statistician writes, another person publishes, and the public reads."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from django.contrib.auth.models import User

from partners.roles import STAFF_ROLES
from publications.plans.models import ObservationDecision, PlanIndicator, PlanObservation
from stats.models import AUTHORITY, PUBLIC
from tests.callers import Browser
from tests.people.visitors import signed_in, staff, words
from tests.publications.plans.world import (
    INDICATOR,
    PLAN,
    a_computed,
    a_manual,
    approver,
    observed,
    publish_year,
    stored,
    writer,
)
from tests.stats.published import draft, publish

pytestmark = pytest.mark.django_db
INDICATORS, OBSERVATIONS = "/admin/plans/planindicator/", "/admin/plans/planobservation/"
SAID = {"value": "17,5", "source_da": "Regnskab", "source_en": "Account"}


def add(user: User, path: str, form: dict[str, Any]) -> Any:
    """The answer to a form whose question is confirmed."""
    browser = Browser(headers={"Accept-Language": "da"})
    browser.force_login(user)
    return browser.post(f"{path}add/", {**form, "sure": "yes"}, follow=True)


def act(user: User, path: str, action: str, *rows: Any) -> str:
    """What the page says after an action whose question is confirmed."""
    form = {"action": action, "_selected_action": [str(each.pk) for each in rows], "sure": "yes", "reason": "WRONG"}
    return words(signed_in(user).post(path, form, follow=True))


def public() -> Any:
    """The indicators that everybody reads."""
    return Browser().get(f"/api/v1/plans/{PLAN}").json()["indicators"]


def test_from_the_statistician_s_form_to_the_public_page() -> None:
    publish_year()
    add(writer(), INDICATORS, INDICATOR)
    indicator = PlanIndicator.objects.get()
    assert (indicator.plan, indicator.area, indicator.dataset) == (PLAN, "1", "persons")
    assert (indicator.filters, indicator.user) == ({"gender": "F"}, writer())
    assert public() == []
    assert "Published: 1." in act(approver(), INDICATORS, "publish", indicator)
    assert [each["observations"] for each in public()] == [[]]
    asked = words(signed_in(writer()).post(f"{OBSERVATIONS}add/", {"indicator": indicator.pk, "year": 2023}))
    assert "2023.p1" in asked and "72 persons" in asked
    assert not PlanObservation.objects.exists()
    add(writer(), OBSERVATIONS, {"indicator": indicator.pk, "year": 2023})
    row = PlanObservation.objects.get()
    assert (str(row.value), row.release_id, row.user_id) == ("72.00", "2023.p1", writer().pk)
    assert public()[0]["observations"] == []
    assert "Published: 1." in act(approver(), OBSERVATIONS, "publish", row)
    assert [each["value"] for each in public()[0]["observations"]] == [72]


def test_a_value_is_typed_in_with_its_source() -> None:
    indicator = stored(a_manual())
    add(writer(), OBSERVATIONS, {"indicator": indicator.pk, "year": 2023, **SAID})
    row = PlanObservation.objects.get()
    assert (str(row.value), row.source_da) == ("17.50", "Regnskab")
    act(approver(), OBSERVATIONS, "publish", row)
    assert public()[0]["observations"][0]["source"] == {"da": "Regnskab", "en": "Account"}
    assert "17.5 courses in 2023" in Browser().get(f"/en/plans/{PLAN}/").content.decode()


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"value": ""}, "Skriv en værdi."),
        ({"source_en": " "}, "Skriv kilden på begge sprog."),
        ({"year": "2099"}, "Året er ikke begyndt."),
        ({"indicator": "0"}, "gyldig"),
    ],
)
def test_what_is_missing_is_told_before_anything_is_asked(changes: dict[str, str], told: str) -> None:
    form = {"indicator": str(stored(a_manual()).pk), "year": "2023", **SAID, **changes}
    assert told in words(add(writer(), OBSERVATIONS, form))
    assert not PlanObservation.objects.exists()


def test_nothing_is_typed_for_a_computed_indicator_and_without_a_release_nothing_is_read() -> None:
    indicator = stored(a_computed())
    form = {"indicator": indicator.pk, "year": 2023}
    assert "ingen offentlig udgivelse" in words(add(writer(), OBSERVATIONS, form))
    publish_year()
    assert "Indikatoren beregnes" in words(add(writer(), OBSERVATIONS, {**form, **SAID}))
    add(writer(), OBSERVATIONS, form)
    assert "nyeste udgivelse er allerede målt" in words(add(writer(), OBSERVATIONS, form))
    assert PlanObservation.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"code": "women"}, "store bogstaver"),
        ({"due_year": "2021"}, "senere år"),
        ({"target_value": "40"}, "den anden side"),
        ({"source": "MANUAL"}, "En beregnet indikator har"),
        ({"measure": ""}, "En beregnet indikator har"),
        ({"measure": "share"}, "Den er i enheden procent"),
        ({"measure": "share", "unit": "PER_CENT", "cell": ""}, "vælg en celle"),
        ({"second_cell": "gender=M"}, "hver sin opdeling"),
        ({"cell": "gender=ALIEN"}, "gyldig"),
        ({"of_area": f"{PLAN}/4"}, "gyldig"),
    ],
)
def test_an_indicator_that_says_nothing_is_refused_in_words(changes: dict[str, str], told: str) -> None:
    assert told in words(add(writer(), INDICATORS, {**INDICATOR, **changes}))
    assert not PlanIndicator.objects.exists()


def test_a_code_is_used_once_in_a_plan_even_where_it_was_refused() -> None:
    stored(a_computed(), approve=False)
    assert "allerede en indikator med koden" in words(add(writer(), INDICATORS, INDICATOR))


def test_nobody_publishes_what_they_wrote() -> None:
    boss = staff("boss", is_superuser=True)
    indicator = stored(a_manual(), approve=None)
    PlanIndicator.objects.create(
        **{
            each.attname: getattr(a_manual("OWN"), each.attname)
            for each in PlanIndicator._meta.concrete_fields
            if each.name not in {"id", "user", "recorded_at"}
        },
        user=boss,
    )
    own = PlanIndicator.objects.get(code="OWN")
    told = act(boss, INDICATORS, "publish", indicator, own)
    assert "Two members of staff are needed" in told and "Published: 1." in told
    assert [each["code"] for each in public()] == ["COURSES"]
    page = signed_in(boss).get(f"{INDICATORS}{own.pk}/change/").content.decode()
    assert 'value="publish"' not in page
    other = signed_in(approver()).get(f"{INDICATORS}{own.pk}/change/").content.decode()
    assert 'value="publish"' in other and 'value="refuse"' in other


def test_a_refusal_asks_for_a_reason_which_the_author_reads() -> None:
    row, browser = observed(stored(a_manual()), value=17, approve=None), signed_in(approver())
    form = {"action": "refuse", "_selected_action": [str(row.pk)]}
    assert 'name="reason"' in browser.post(OBSERVATIONS, form).content.decode()
    assert "This field is required" in words(browser.post(OBSERVATIONS, {**form, "sure": "yes", "reason": ""}))
    assert not ObservationDecision.objects.exists()
    browser.post(OBSERVATIONS, {**form, "sure": "yes", "reason": "UNCLEAR"})
    assert ObservationDecision.objects.get().reason == "UNCLEAR"
    page = words(signed_in(writer()).get(f"{OBSERVATIONS}{row.pk}/change/"))
    assert "The definition or the source is unclear" in page


def test_a_decision_is_final() -> None:
    indicator = stored(a_manual())
    row = observed(indicator, value=17, approve=False)
    for path, chosen in ((INDICATORS, indicator), (OBSERVATIONS, row)):
        for action in ("publish", "refuse"):
            told = act(approver(), path, action, chosen)
            assert "Published" not in told and "Refused: " not in told
    assert public()[0]["observations"] == []


@pytest.mark.parametrize("role", [*STAFF_ROLES, None])
def test_each_role_may_what_it_is_for_and_nothing_else(role: str | None) -> None:
    indicator = stored(a_manual(), approve=None)
    row = observed(stored(a_manual("READY")), value=17, approve=None)
    user = staff("somebody", role)
    browser = signed_in(user)
    sees = role in {"statistician", "approver", "auditor"}
    for path, chosen in ((INDICATORS, indicator), (OBSERVATIONS, row)):
        assert browser.get(path).status_code == (200 if sees else 403)
        assert browser.get(f"{path}{chosen.pk}/change/").status_code == (200 if sees else 403)
        assert browser.get(f"{path}add/").status_code == (200 if role == "statistician" else 403)
        form = {"action": "publish", "_selected_action": [str(chosen.pk)], "sure": "yes"}
        browser.post(path, form, follow=True)
    assert len(public()) == (2 if role == "approver" else 1)
    assert sum(len(each["observations"]) for each in public()) == (1 if role == "approver" else 0)


def test_the_approver_is_led_to_what_waits_and_shown_it_in_both_languages() -> None:
    row = observed(stored(a_manual()), value=17, approve=None)
    front = signed_in(approver()).get("/admin/").content.decode()
    section = front.partition('id="waiting-plan_observations"')[2]
    assert f'href="{OBSERVATIONS}{row.pk}/change/"' in section
    # The list has what waits for its reader: of what is one's own that is nothing.
    assert f'href="{OBSERVATIONS}?state=mine"' in front
    for reader, sees in ((approver(), True), (writer(), False)):
        listed = signed_in(reader).get(f"{OBSERVATIONS}?state=mine").content.decode()
        assert (f"{OBSERVATIONS}{row.pk}/change/" in listed) is sees
    page = signed_in(approver()).get(f"{OBSERVATIONS}{row.pk}/change/").content.decode()
    assert re.search(r'<div lang="da">Kursusregnskab 2023</div><div lang="en">Account of courses 2023</div>', page)
    assert "17 courses" in page
    assert 'id="waiting-plan_observations"' not in signed_in(writer()).get("/admin/").content.decode()


def link_to_observe(user: User) -> list[str]:
    """Where the first page of somebody leads, to observe what is not observed yet."""
    front = html.unescape(signed_in(user).get("/admin/").content.decode())
    section = front.partition('id="waiting-plan_unobserved"')[2].partition("</ul>")[0]
    return re.findall(rf'href="({OBSERVATIONS}add/[^"]+)"', section)


def observe_and_publish(address: str) -> None:
    """Follow a way to the form, confirm what stands in it, and let the approver publish it."""
    form = signed_in(writer()).get(address).context["adminform"].form
    add(writer(), OBSERVATIONS, {name: form[name].value() or "" for name in form.fields})
    act(approver(), OBSERVATIONS, "publish", PlanObservation.objects.latest("pk"))


def test_a_release_waits_to_be_observed_and_each_vintage_anew() -> None:
    """From the release to the light, and from a new vintage to an observation of its own."""
    indicator = stored(a_computed())
    stored(a_manual())
    stored(a_computed("COUNTRY", filters={"citizenship": "NG"}))
    stored(a_computed("NOT-YET"), approve=None)
    assert link_to_observe(writer()) == []
    draft(PUBLIC, "2023", {"gender": {"F": 99}}, 9)
    publish(AUTHORITY, "2023", {"gender": {"F": 98}})
    publish_year("2021", women=44)
    assert link_to_observe(writer()) == []
    publish_year("2023", 1, women=60)
    # Of the others one is typed in, one has no table in the release, and one is not published.
    (first,) = link_to_observe(writer())
    assert first.endswith(f"?indicator={indicator.pk}&year=2023")
    assert link_to_observe(approver()) == []
    observe_and_publish(first)
    by_code = {each["code"]: each for each in public()}
    assert (by_code["WOMEN"]["light"], by_code["WOMEN"]["observations"][0]["release"]) == ("behind", "2023.p1")
    assert link_to_observe(writer()) == []
    publish_year("2023", 2, women=72)
    assert link_to_observe(writer()) == [first]
    observe_and_publish(first)
    (by_code,) = [each for each in public() if each["code"] == "WOMEN"]
    assert by_code["light"] == "on_track"
    assert [(each["value"], each["release"], each["superseded"]) for each in by_code["observations"]] == [
        (72, "2023.p2", False),
        (60, "2023.p1", True),
    ]
    assert link_to_observe(writer()) == []


def question(path: str, *rows: Any) -> str:
    """What is asked before rows are published."""
    form = {"action": "publish", "_selected_action": [str(each.pk) for each in rows]}
    return words(signed_in(approver()).post(path, form))


def test_of_what_was_typed_in_alone_the_question_warns() -> None:
    publish_year()
    typed_in, computed = stored(a_manual(), approve=None), stored(a_computed(), approve=None)
    told = "typed in must not show"
    asked = [question(INDICATORS, *each) for each in ([typed_in], [computed], [typed_in, computed])]
    assert [told in each for each in asked] == [True, False, True]
    rows = [
        observed(stored(a_manual("READY")), value=17, approve=None),
        observed(stored(a_computed("SEEN")), 2023, approve=None),
    ]
    assert [told in question(OBSERVATIONS, each) for each in rows] == [True, False]
    # People read the plan's name, and no code.
    observation = question(OBSERVATIONS, rows[1])
    assert (
        f"(Action plan to combat trafficking in human beings {PLAN.replace('-', '–')}), 2023: 72 persons" in observation
    )
    assert f"{PLAN}/" not in observation


def test_who_publishes_an_observation_reads_what_it_is_held_against() -> None:
    publish_year("2022", women=60)
    publish_year("2023")
    indicator = stored(a_computed())
    observed(indicator, 2022)
    row = observed(indicator, 2023, approve=None)
    text = words(signed_in(approver()).get(f"{OBSERVATIONS}{row.pk}/change/"))
    for each in (indicator.definition_da, indicator.definition_en, "Gender: Female", "at least 80 persons in 2025"):
        assert each in text, each
    assert "2022: 60 persons" in text


def test_nothing_stands_there_that_an_observation_does_not_have() -> None:
    publish_year("2023")
    parts = ("What is computed", "Release", "Sources")
    told = []
    for row in (observed(stored(a_computed())), observed(stored(a_manual()), value=17)):
        text = words(signed_in(approver()).get(f"{OBSERVATIONS}{row.pk}/change/"))
        told.append([f"{each}:" in text for each in parts])
    assert told == [[True, True, False], [False, False, True]]
