"""The staff pages on cases, with the rights of the web server: permissions, contents, and no token in an address or a log."""

from __future__ import annotations

import io
import json
import re
from typing import Any

import pytest

from cases import tokens
from cases.linking.models import CaseLink, LinkDecision, RecordLink
from cases.models import Case, Referral
from core.text import short
from partners.models import AuditEvent, Partner
from partners.staff.naming import moment_of
from tests.api.conftest import logged
from tests.callers import Browser
from tests.cases.linking.pages import CASES, merge_by_form, page, signed_in, text
from tests.cases.linking.world import merge_cases, person, split_case, staff, undo_decision
from tests.stats.records import START, assessment, identified, partner, referral

pytestmark = pytest.mark.django_db
__all__ = ["logged"]


def open_case(by: Partner, **changes: Any) -> Case:
    """A case with a token that is one."""
    return Case.objects.create(token=tokens.mint(), opened_at=START, opened_by=by, **changes)


def test_tokens_that_nobody_issued_are_found_by_the_filter(viewer: Browser, ngo: Partner) -> None:
    known, unknown = open_case(ngo), open_case(ngo, token_unknown=True)
    every, few = text(viewer.get(CASES)), text(viewer.get(CASES, {"token_unknown__exact": "1"}))
    assert str(known.pk) in every
    assert str(known.pk) not in few
    assert str(unknown.pk) in few
    assert not any(each.token in every for each in (known, unknown))
    said, test = (re.compile(rf'<td class="field-{each}"[^>]*>\w+</td>') for each in ("unknown", "in_test"))
    assert len(said.findall(few)) == 1 and not test.search(few)
    assert len(said.findall(every)) == 1 and "icon-no" not in every


def test_cases_are_found_by_who_opened_them_and_when(viewer: Browser, centre: Partner, ngo: Partner) -> None:
    one, other = open_case(ngo), open_case(centre)
    every = text(viewer.get(CASES))
    assert "Unknown token" in every and "Merged into" in every
    for query in ({"opened_by__id__exact": str(ngo.pk)}, {"opened_by__id__exact": str(centre.pk)}):
        few = text(viewer.get(CASES, query))
        assert (str(one.pk) in few, str(other.pk) in few) == (
            (True, False) if str(ngo.pk) in query.values() else (False, True)
        )
    assert str(one.pk) in text(viewer.get(CASES, {"opened_at__year": str(START.year)}))
    assert str(one.pk) not in text(viewer.get(CASES, {"opened_at__year": str(START.year - 1)}))


def test_a_linked_case_names_its_person_in_the_list(viewer: Browser, centre: Partner) -> None:
    one, other = open_case(centre), open_case(centre)
    merge_cases(one, other)
    first = min(one, other, key=lambda each: each.pk)
    assert text(viewer.get(CASES)).count(f">{str(first.pk)[:8]}<") == 2  # its own line, and the other's


def test_a_token_is_posted_and_leads_to_an_address_without_it(viewer: Browser, ngo: Partner) -> None:
    found = open_case(ngo)
    assert 'autocomplete="off"' in text(viewer.get(f"{CASES}find/"))
    answer = viewer.post(f"{CASES}find/", {"tokens": found.token.lower()})
    assert (answer.status_code, answer.headers["Location"]) == (302, page(found))
    shown = viewer.get(page(found))
    assert f"<h2>Case token {tokens.in_groups(found.token)}</h2>" in text(shown)
    assert "no-store" in shown.headers["Cache-Control"]


@pytest.mark.parametrize("wrong", ["", "not-a-token", "unknown", "test"])
def test_a_token_of_no_case_finds_none(viewer: Browser, ngo: Partner, wrong: str) -> None:
    if wrong in {"unknown", "test"}:
        wrong = tokens.mint() if wrong == "unknown" else open_case(ngo, test=True).token
    answer = text(viewer.post(f"{CASES}find/", {"tokens": wrong}))
    told = "This is not a case token" if wrong == "not-a-token" else "typed correctly, but no case has it"
    assert (told in answer) == bool(wrong)


def test_a_typing_error_is_told_from_an_unknown_token_and_not_repeated(viewer: Browser, ngo: Partner) -> None:
    token = open_case(ngo).token
    wrong = token[:4] + ("0" if token[4] != "0" else "1") + token[5:]
    answer = text(viewer.post(f"{CASES}find/", {"tokens": wrong}))
    assert "There is a typing error in the case token" in answer
    assert "no case has it" not in answer


def test_records_are_split_off_and_grouped_by_case(decider: Browser, centre: Partner, ngo: Partner) -> None:
    mixed = person(centre, ngo, ngo)
    moved = Referral.objects.filter(case=mixed)[0]
    name = f"{moved.partner_id}:{moved.reference}"
    asked = text(decider.get(page(mixed, "split")))
    assert name in asked and re.findall(r'<option value="(\w*)" selected>', asked) == [""]
    number = re.findall(r"(\d)\. referral, ", asked)[0]
    assert f'<th scope="col">{number}. referral' in asked and asked.index("<table>") < asked.index(name)
    assert "which you give to the organisations. It can be undone." in asked
    said = {"records": [name], "reason": "TWO_PERSONS"}
    after = text(decider.post(page(mixed, "split"), said, follow=True))
    link = RecordLink.objects.current().get()
    assert (link.reference, link.from_case) == (moved.reference, mixed)
    assert tokens.in_groups(link.case.token) in after
    assert f'<a href="{page(mixed)}">moved here by a split</a>' in after  # where its partner's token is
    every = {
        "records": [f"{centre.pk}:", *(f"{r.partner_id}:{r.reference}" for r in rest(mixed, moved))],
        "reason": "_O",
    }
    assert "leave others" in text(decider.post(page(mixed, "split"), every))
    decision = LinkDecision.objects.get()
    back = decider.post(f"{CASES}decision/{decision.pk}/undo/", {"reason": "WRONG_DECISION"})
    assert back.headers["Location"] == page(mixed)


def test_a_decision_says_what_it_decided_and_so_does_the_page_that_undoes_it(
    decider: Browser, centre: Partner, ngo: Partner
) -> None:
    one, other = person(centre, ngo, ngo, ngo), person(centre, ngo)
    merged, (split, new) = merge_cases(one, other), split_case(one, *Referral.objects.filter(case=one)[:2])
    moved = f"2 records moved to {short(new.pk)}"
    both = ", ".join(short(each.pk) for each in sorted((one, other), key=lambda each: (each.opened_at, each.pk)))
    told = text(decider.get(page(one)))
    assert f"<td>Cases merged</td><td>{both}</td>" in told and f"<td>Case split</td><td>{moved}</td>" in told
    for decision, cases, reason in ((merged, both, "onfirmed"), (split, moved, "another person")):
        asked = text(decider.get(f"{CASES}decision/{decision.pk}/undo/"))
        assert (
            f'<th scope="row">Cases</th><td>{cases}</td>' in asked
            and '<th scope="row">By</th><td>decider</td>' in asked
        )
        assert moment_of(decision.decided_at) in asked and reason in asked
        assert "An undo cannot be undone: that takes a new decision." in asked
        assert re.findall(r'<option value="(\w*)" selected>', asked) == [""]  # the reason is hers to choose
    # A link that begins again is not one more record.
    undo_decision(split_case(new, Referral.objects.get(pk=Referral.objects.filter(case=one)[0].pk))[0])
    assert f"<td>{moved}</td>" in text(decider.get(page(one)))


def test_a_split_is_not_called_what_sharing_is(decider: Browser, centre: Partner, ngo: Partner) -> None:
    """Danish has one word for both; a case is split by another one."""
    mixed, danish = person(centre, ngo, ngo), {"Accept-Language": "da"}
    assert ">Opdel sagen</a>" in text(decider.get(page(mixed), headers=danish))
    assert f"<h1>Opdel sag {short(mixed.pk)}</h1>" in text(decider.get(page(mixed, "split"), headers=danish))
    decision, new = split_case(mixed, Referral.objects.filter(case=mixed)[0])
    after = text(decider.get(page(new), headers=danish))
    assert "flyttet hertil ved en opdeling" in after and "<td>Sag opdelt</td>" in after
    assert "<h1>Omgør en opdeling</h1>" in text(decider.get(f"{CASES}decision/{decision.pk}/undo/", headers=danish))


def rest(of: Case, but: Referral) -> list[Referral]:
    """The other referrals of a case."""
    return list(Referral.objects.filter(case=of).exclude(pk=but.pk))


def test_an_assessment_is_split_off(decider: Browser, centre: Partner, ngo: Partner) -> None:
    mixed = person(centre, ngo)
    assessment(mixed, partner("IMMIGRATION"), outcome="PENDING", decided_in=None, decided_by="_Z")
    said = {"records": [f"{centre.pk}:"], "reason": "TWO_PERSONS"}
    assert decider.post(page(mixed, "split"), said).status_code == 302
    assert RecordLink.objects.get().partner == centre


def test_the_records_of_a_person_stand_side_by_side(viewer: Browser, centre: Partner, ngo: Partner) -> None:
    one = person(centre, ngo, ngo, region="DK04", consent="NOT_GIVEN")
    other = identified(centre, verified_gender="X")
    referral(other, ngo, status="withdrawn", reason_code="DUPLICATE")
    merge_cases(one, other)
    _, new = split_case(one, Referral.objects.filter(case=one)[0])
    shown = text(viewer.get(page(other)))
    for said in (
        "Central Denmark Region",
        "Transgender or other",
        "withdrawn",
        "Cases merged",
        "Case split",
        "decider",
    ):
        assert said in shown
    assert tokens.in_groups(one.token) in shown
    assert tokens.in_groups(new.token) not in shown  # another person's
    assert "Undo" not in shown  # who only looks decides nothing


def addresses(of: Case, decision: LinkDecision) -> dict[str, str]:
    """Every page, and the right that it needs."""
    looking = {page(of): "view_conflicts", f"{CASES}conflicts/": "view_conflicts", f"{CASES}find/": "view_conflicts"}
    deciding = [
        f"{CASES}merge/",
        page(of, "merge"),
        page(of, "split"),
        page(of, "attribute/region"),
        f"{CASES}decision/{decision.pk}/undo/",
    ]
    return {**looking, CASES: "view_conflicts", **dict.fromkeys(deciding, "decide_links")}


def test_every_page_needs_its_right(decider: Browser, viewer: Browser, centre: Partner) -> None:
    nobody = signed_in("nobody", "view_release")
    one, other = open_case(centre), open_case(centre)
    for address, right in addresses(one, merge_cases(one, other)).items():
        for method in (Browser.get, Browser.post):
            assert method(nobody, address).status_code == 403, address
            refused = method(viewer, address).status_code == 403
            assert refused == (right == "decide_links"), address
        assert decider.get(address).status_code == 200, address
        assert Browser().get(address).status_code == 302, address


@pytest.mark.parametrize("act", ["change", "merge", "split", "attribute/region"])
def test_a_case_that_is_not_there(decider: Browser, centre: Partner, act: str) -> None:
    assert decider.get(page(Case(), act)).status_code == 404
    assert decider.get(f"{CASES}no-uuid/change/").status_code == 404


def test_an_attribute_or_a_decision_that_is_not_there(decider: Browser, centre: Partner) -> None:
    made = open_case(centre)
    decision = merge_cases(made, open_case(centre))
    undone = LinkDecision.objects.create(kind="UNDO", undoes=decision, reason_code="_O", decided_at=START)
    assert decider.get(page(made, "attribute/consent")).status_code == 404
    for each in (made.pk, undone.pk):
        assert decider.get(f"{CASES}decision/{each}/undo/").status_code == 404


def test_a_split_whose_records_were_erased_has_no_page(decider: Browser) -> None:
    left = LinkDecision.objects.create(kind="SPLIT", reason_code="_O", decided_at=START, user=staff())
    assert decider.get(f"{CASES}decision/{left.pk}/undo/").status_code == 404


def test_nothing_is_added_changed_or_deleted_by_hand(decider: Browser, centre: Partner) -> None:
    made = open_case(centre)
    assert decider.get(f"{CASES}add/").status_code == 403
    for act in ("delete",):
        assert decider.post(page(made, act), {"post": "yes"}).status_code == 403
    decider.post(page(made), {"token": tokens.mint()})
    made.refresh_from_db()
    assert Case.objects.get() == made


def test_no_log_line_and_no_audit_row_has_a_token_or_an_id(
    decider: Browser, centre: Partner, logged: io.StringIO
) -> None:
    one, other = open_case(centre), open_case(centre)
    decider.post(f"{CASES}find/", {"tokens": one.token})
    groups = tokens.in_groups(other.token).replace("-", " ")
    merge_by_form(decider, {"tokens": f"{one.token}\n{groups}", "reason": "CONFIRMED"})
    assert CaseLink.objects.current().exists()
    decider.get(page(one))
    said = logged.getvalue()
    assert "admin/cases/case/" in said
    audited = json.dumps(list(AuditEvent.objects.values_list("detail", flat=True)))
    for secret in (one.token, other.token, str(one.pk), str(other.pk)):
        assert secret not in said
        assert secret not in audited


def test_who_looks_at_a_person_is_written_down(
    viewer: Browser, decider: Browser, centre: Partner, ngo: Partner
) -> None:
    first, second = person(centre, ngo), person(centre, ngo)
    assert not AuditEvent.objects.filter(action="case.view").exists()
    text(viewer.get(page(first)))
    text(decider.get(page(second, "split")))
    text(decider.get(page(second, "attribute/gender")))
    found = AuditEvent.objects.filter(action="case.view").order_by("at")
    assert [(each.user.username if each.user else "", each.subject) for each in found] == [
        ("who-looks", str(first.pk)),
        ("who-decides", str(second.pk)),
        ("who-decides", str(second.pk)),
    ]


def test_a_look_at_cases_that_were_merged_is_a_look_at_each_of_them(
    viewer: Browser, centre: Partner, ngo: Partner
) -> None:
    """Else whoever merges, looks and undoes the merge has seen a person of whom nothing tells it."""
    first, second = person(centre, ngo), person(centre, ngo)
    merge_cases(first, second)
    text(viewer.get(page(second)))
    looks = AuditEvent.objects.filter(action="case.view").values_list("subject", flat=True)
    assert sorted(looks) == sorted([str(first.pk), str(second.pk)])
