"""The page that merges cases: it is begun on a case or on the list, and shows the persons before anything is stored."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest

from cases import tokens
from cases.linking.models import CaseLink, LinkDecision
from cases.models import Case
from core.text import short
from partners.models import AuditEvent, Partner
from tests.callers import Browser
from tests.cases.linking.pages import CASES, merge_by_form, page, text
from tests.cases.linking.test_admin import open_case
from tests.cases.linking.world import merge_cases, person
from tests.stats.records import at, referral

pytestmark = pytest.mark.django_db
MERGE = f"{CASES}merge/"


def test_cases_are_merged_by_their_tokens_and_the_merge_undone(decider: Browser, centre: Partner) -> None:
    one, other = open_case(centre), open_case(centre)
    assert "Case tokens, or the eight characters of a list" in text(decider.get(f"{CASES}merge/"))
    said = {"tokens": f"{one.token}\n{other.token}", "reason": "CONFIRMED"}
    after = text(merge_by_form(decider, said))
    assert "one person now" in after
    assert all(tokens.in_groups(each.token) in after for each in (one, other))
    decision = LinkDecision.objects.get()
    assert (str(decision.user), CaseLink.objects.current().count()) == ("who-decides", 1)
    undo = f"{CASES}decision/{decision.pk}/undo/"
    assert undo in after
    asked = text(decider.get(undo))
    assert "Undo a merge" in asked
    # What speaks for a merge is no reason to undo one.
    assert "The case is of more than one person" in asked and "The records match" not in asked
    assert "valid choice" in text(decider.post(undo, {"reason": "TOKEN_LOST"}))
    back = text(decider.post(undo, {"reason": "WRONG_DECISION"}, follow=True))
    assert "no longer stands" in back
    assert not CaseLink.objects.current().exists()
    assert "already undone" in text(decider.post(undo, {"reason": "WRONG_DECISION"}))


def test_what_cannot_be_merged_is_said(decider: Browser, centre: Partner) -> None:
    one, other = open_case(centre), open_case(centre)
    merge_cases(one, other)
    again = {"tokens": f"{one.token} {other.token}", "reason": "CONFIRMED"}
    assert "already one person" in text(decider.post(f"{CASES}merge/", again))
    alone = {"tokens": one.token, "reason": "CONFIRMED"}
    assert "Enter at least 2 different cases" in text(decider.post(f"{CASES}merge/", alone))
    assert LinkDecision.objects.count() == 1


def test_test_cases_are_merged_among_themselves(decider: Browser, centre: Partner) -> None:
    one, other = open_case(centre, test=True), open_case(centre, test=True)
    said = {"tokens": f"{one.token} {other.token}", "reason": "CONFIRMED", "test": "on"}
    assert "one person now" in text(merge_by_form(decider, said))


def test_the_merge_is_begun_on_the_page_of_a_person_with_her_case(
    decider: Browser, viewer: Browser, ngo: Partner
) -> None:
    one, other = open_case(ngo), open_case(ngo)
    link = f'<a href="{page(one, "merge")}">Merge with another case</a>'
    assert link in text(decider.get(page(one))) and link not in text(viewer.get(page(one)))
    form = text(decider.get(page(one, "merge")))
    assert 'value="Continue"' in form or ">Continue</button>" in form  # nothing is merged by it yet
    assert short(one.pk) in form.partition("<textarea")[2].partition("</textarea>")[0]
    assert f'<a href="{page(one)}">Cancel</a>' in form and one.token not in form
    said = {"tokens": f"{short(one.pk)}\n{tokens.in_groups(other.token)}", "reason": "CONFIRMED"}
    assert "one person now" in text(merge_by_form(decider, said, one))
    assert {each.case_id for each in LinkDecision.objects.get().merged.all()} == {one.pk, other.pk}


def test_the_persons_are_shown_and_the_look_written_down_before_anything_is_stored(
    decider: Browser, centre: Partner, ngo: Partner
) -> None:
    one, other, third = person(centre, ngo), person(centre, ngo), person(centre, ngo)
    merge_cases(other, third)
    said = {"tokens": f"{short(one.pk)} {short(other.pk)}", "reason": "MATCH"}
    asked = html.unescape(text(decider.post(MERGE, {**said, "sure": "yes"})))
    assert "<h1>Are these cases one person?</h1>" in asked and ">Yes, merge them</button>" in asked
    assert "The organisations are not notified. It can be undone." in asked and "No, back" in asked
    for each in (one, other, third):
        assert f"<h2>Case token {tokens.in_groups(each.token)}</h2>" in asked
    assert asked.count("Consent or outcome") == 3
    looks = AuditEvent.objects.filter(action="case.view").values_list("subject", flat=True)
    assert sorted(looks) == sorted(str(each.pk) for each in (one, other, third))
    assert LinkDecision.objects.count() == 1
    back = text(decider.post(MERGE, {**said, "edit": "yes"}))
    assert said["tokens"] in back and '<option value="MATCH" selected>' in back and "<h2>Case token" not in back
    assert LinkDecision.objects.count() == 1


def test_only_what_was_shown_is_merged(decider: Browser, ngo: Partner) -> None:
    one, other, third = open_case(ngo), open_case(ngo), open_case(ngo)
    said = {"tokens": f"{one.token} {other.token}", "reason": "CONFIRMED", "shown": [str(one.pk), str(third.pk)]}
    assert "Are these cases one person?" in text(decider.post(MERGE, said))
    assert not LinkDecision.objects.exists()


def test_what_came_meanwhile_is_shown_before_it_is_merged(decider: Browser, centre: Partner, ngo: Partner) -> None:
    one, other, third = person(centre, ngo), person(centre, ngo), person(centre, ngo)
    said = {"tokens": f"{short(one.pk)} {short(other.pk)}", "reason": "MATCH"}

    def answered(asked: Any) -> Any:
        """What comes of a yes to a question."""
        shown = re.findall(r'name="shown" value="([^"]+)"', text(asked))
        return decider.post(MERGE, {**said, "shown": shown}, follow=True)

    asked = decider.post(MERGE, said)
    merge_cases(other, third)
    again = answered(asked)
    assert f"<h2>Case token {tokens.in_groups(third.token)}</h2>" in text(again)
    referral(one, ngo)
    last = answered(again)
    assert "Are these cases one person?" in text(last) and LinkDecision.objects.count() == 1
    assert "one person now" in text(answered(last)) and LinkDecision.objects.count() == 2


def test_digits_that_fit_several_cases_merge_none(decider: Browser, ngo: Partner) -> None:
    one = open_case(ngo)
    for last in ("1", "2"):
        about = {"token": f"TOKEN{last}", "opened_at": at(0), "opened_by": ngo}
        Case.objects.create(pk=f"0123abcd-0000-4000-8000-00000000000{last}", **about)
    said = {"tokens": f"{one.token} 0123abcd", "reason": "CONFIRMED"}
    assert "Several cases begin like this." in text(decider.post(MERGE, said))
    said["tokens"] = f"{one.token} {short(open_case(ngo, test=True).pk)}"
    assert "A test case and a live case cannot be merged." in text(decider.post(MERGE, said))
    assert not LinkDecision.objects.exists()
