"""Producing a person's data: all of them, every code in words, and nothing of anybody else."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from typing import Any

import pytest

from cases import dictionary as d
from cases.duplicates.models import Duplicate, DuplicateDecision
from cases.fields import TokenField
from cases.linking.decisions import decide_attribute, merge, split
from cases.linking.models import AttributeDecision
from cases.models import Referral
from cases.tokens import in_groups
from oversight.rights.database import RightsRefused
from oversight.rights.document import as_json, as_page
from oversight.rights.produce import produce
from partners.audit import COMMAND, Actor
from partners.models import AuditEvent
from stats.models import PUBLIC, SnapshotRecord
from tests.callers import Caller, as_web_server
from tests.oversight.rights.world import Person, arrive, officer, staff
from tests.stats.drafts import built

pytestmark = pytest.mark.django_db


def produce_document(person: Person, *, by: Actor | None = None, **options: Any) -> dict[str, Any]:
    """Produce as the web server does, and as it is written."""
    who = by or officer()
    with as_web_server():
        document: dict[str, Any] = json.loads(as_json(produce(by=who, token=person.token, test=False, **options)))
    return document


@pytest.fixture
def whole(ngo: Caller, other_ngo: Caller, police: Caller, centre: Caller) -> tuple[Person, Person]:
    """Somebody of two cases, with something in every table; and somebody else whom she was compared with."""
    one, two, other = arrive(ngo, police, decider=centre), arrive(police), arrive(ngo, other_ngo)
    merge(by=COMMAND, cases=[one.case.pk, two.case.pk], reason_code="CONFIRMED")
    decide_attribute(by=COMMAND, case=one.case.pk, field="gender", code="F", reason_code="CONFIRMED")
    police.post(f"{two.paths[0]}/withdrawal", {"reason_code": "DUPLICATE"})
    ngo.put(f"{one.paths[0]}/linkage-code", {"linkage_code": "0" * 64})
    pair = dict(zip(("case_a_id", "case_b_id"), sorted((one.case.pk, other.case.pk)), strict=True))
    Duplicate.objects.create(**pair, reasons=["pattern"], score=3.14159)
    by = {"user": staff(), "reasons": ["pattern"], "score": 1}
    DuplicateDecision.objects.create(**pair, **by, decision="DIFFERENT", reason_code="COINCIDENCE")
    return one, other


def test_everything_is_there_with_labels(
    whole: tuple[Person, Person], ngo: Caller, police: Caller, centre: Caller
) -> None:
    person, _ = whole
    document = produce_document(person)
    assert document["format"] == "henvis-person/1"
    assert [case["token"] for case in document["cases"]] == [person.token, document["cases"][1]["token"]]
    told = sorted((each["partner"]["name"], each["reference"]) for each in document["referrals"])
    hers = Referral.objects.current().filter(case__token__in=[case["token"] for case in document["cases"]])
    assert told == sorted((row.partner.name, str(row.reference)) for row in hers.select_related("partner"))
    assert len(told) == 3
    first = next(each for each in document["referrals"] if each["reference"] == person.references[0])
    assert (len(first["versions"]), first["linkage_code"]) == (2, True)
    assert first["partner"]["kind"] == {"code": "NGO", "da": "NGO", "en": "NGO"}
    assert first["versions"][1]["status"] == {"code": "corrected", "da": "Rettet", "en": "Corrected"}
    assert first["versions"][0]["case_token"] == person.token
    values = {each["field"]: each for each in first["versions"][1]["values"]}
    assert set(values) == {field.name for field in d.REFERRAL if not isinstance(field, TokenField)}
    man = d.GENDER.codelist.by_code["M"].label
    assert values[d.GENDER.name] == {
        "field": d.GENDER.name,
        "label": {"da": d.GENDER.label.da, "en": d.GENDER.label.en},
        "value": {"code": "M", "da": man.da, "en": man.en},
    }
    withdrawn = next(
        v for each in document["referrals"] for v in each["versions"] if v["status"]["code"] == "withdrawn"
    )
    assert withdrawn["values"][-1]["value"] == {"code": "DUPLICATE", "da": "Dublet", "en": "Duplicate"}
    (assessed,) = document["assessments"]
    assert assessed["partner"]["name"] == centre.partner.name
    assert [v["values"][0]["value"]["code"] for v in assessed["versions"]] == ["PENDING", "IDENTIFIED"]
    ((decision,), (attribute,)) = document["link_decisions"], document["attribute_decisions"]
    assert (decision["kind"]["code"], decision["reason"]["code"], decision["stands"]) == ("MERGE", "CONFIRMED", True)
    assert (attribute["field"], attribute["value"]["code"]) == ("gender", "F")
    candidate = document["duplicate_candidates"][0]
    assert candidate["score"] == 3.1
    assert (
        candidate["reasons"][0].keys() == document["duplicate_decisions"][0]["decision"].keys() == {"code", "da", "en"}
    )
    assert document["duplicate_decisions"][0]["reason"]["da"] == "Ligheden er tilfældig"
    assert document["remembered_answers"] == 1
    assert document["deliveries"] == 0
    assert {each["action"]["code"] for each in document["events"]} >= {"case.merge", "case.produce"}
    assert all(set(each) == {"at", "action"} for each in document["events"])


def test_every_code_of_every_version_has_both_labels(whole: tuple[Person, Person]) -> None:
    def coded(value: Any) -> list[dict[str, str]]:
        match value:
            case {"code": _, **rest}:
                assert set(rest) == {"da", "en"}
                return [value]
            case dict():
                return [each for member in value.values() for each in coded(member)]
            case list():
                return [each for member in value for each in coded(member)]
        return []

    found = coded(produce_document(whole[0]))
    assert len(found) > 100
    assert all(each["da"].strip() and each["en"].strip() for each in found)


def test_nobody_else_is_in_it(whole: tuple[Person, Person], other_ngo: Caller) -> None:
    person, other = whole
    document = produce_document(person)
    for text in (as_json(document), as_page(document)):
        for needle in (*other.needles, str(person.case.pk), other_ngo.partner.name, staff().username):
            assert needle not in text
    assert any("artikel 15, stk. 4" in note["da"] and "article 15(4)" in note["en"] for note in document["notes"])


def test_a_record_that_was_moved_to_somebody_else_is_not_hers(ngo: Caller, police: Caller) -> None:
    person = arrive(ngo, police)
    moved = Referral.objects.get(partner=police.partner)
    split(
        by=COMMAND,
        case=person.case.pk,
        referrals=[(moved.partner_id, moved.reference)],
        assessments=[],
        reason_code="TWO_PERSONS",
    )
    text = as_json(produce_document(person))
    assert person.references[0] in text
    assert person.references[1] not in text


def test_a_record_that_was_moved_to_her_names_not_the_case_it_came_from(ngo: Caller, police: Caller) -> None:
    mixed = arrive(ngo, police)
    moved = Referral.objects.get(partner=police.partner)
    named = [(moved.partner_id, moved.reference)]
    _, hers = split(by=COMMAND, case=mixed.case.pk, referrals=named, assessments=[], reason_code="TWO_PERSONS")
    document = produce_document(Person(hers.token))
    assert [each["reference"] for each in document["referrals"]] == [str(moved.reference)]
    assert document["referrals"][0]["versions"][0]["case_token"] is None
    assert mixed.token not in as_json(document)


def test_the_releases_that_count_her_are_named(ngo: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    person, other = arrive(ngo), arrive(ngo)
    for year, case in (("2022", other.case), ("2023", person.case)):
        monkeypatch.setattr("tests.stats.drafts.uuid4", lambda case=case: case.pk)
        built(PUBLIC, year, user=staff())
    assert SnapshotRecord.objects.count() == 2
    assert produce_document(person)["releases"] == ["2023.p1"]


def test_organisations_may_be_told_by_kind_alone(
    whole: tuple[Person, Person], ngo: Caller, police: Caller, centre: Caller
) -> None:
    document = produce_document(whole[0], names=False)
    for text in (as_json(document), as_page(document)):
        assert not any(caller.partner.name in text for caller in (ngo, police, centre))
        assert "deres type er angivet" in text
    assert document["referrals"][0]["partner"]["kind"]["code"] in {"NGO", "POLICE"}


def test_the_page_has_every_label_and_reaches_for_nothing(whole: tuple[Person, Person]) -> None:
    document = produce_document(whole[0])
    page = as_page(document)
    assert page.startswith("<!doctype html>")
    assert not re.search(r"<script|<style|<link|<img|https?:|src=|href=|style=", page)
    for field in (*d.REFERRAL, *d.ASSESSMENT):
        if not isinstance(field, TokenField):
            assert f"{field.label.da} / {field.label.en}" in page.replace("&#x27;", "'")
    man = d.GENDER.codelist.by_code["M"].label
    for needle in (in_groups(whole[0].token), whole[0].references[0], f"{man.da} / {man.en}", "ja / yes"):
        assert needle in page


def test_a_person_reads_moments_and_codes_in_words(whole: tuple[Person, Person]) -> None:
    document = produce_document(whole[0])
    page = as_page(document)
    assert not re.search(r"\d{2}:\d{2}:\d{2}|\((M|F|_[A-Z]|[a-z]+\.[a-z_]+)\)", page)
    assert not re.search(r"\b20\d{2}-\d{2}\b", page)
    assert "marts 2025 / March 2025" in page
    assert "mulig dublet / possible duplicate (sandsynligt / likely)" in page
    assert whole[0].token not in page and whole[0].token in as_json(document)
    assert "klage til Datatilsynet" in page and "complain to the Danish Data Protection Agency" in page
    assert "Copies of answers to the organisation's system, kept briefly: " in page
    assert "Rækker i leverancer / Rows of deliveries: " in page
    opened = datetime(2026, 11, 26, 23, 30, 5, tzinfo=UTC).isoformat()
    assert "<p>27. nov. 2026 kl. 00.30 / 27 Nov 2026, 00:30" in as_page({**document, "produced_at": opened})
    assert document["produced_at"] in as_json(document) and '"code": "M"' in as_json(document)


def test_it_is_logged_without_the_token_and_only_who_may_gets_it(ngo: Caller) -> None:
    person = arrive(ngo)
    for who in (Actor.of(staff("eraser", "erase_case")), Actor.of(staff("none")), COMMAND):
        with pytest.raises(RightsRefused, match="data protection staff produce"):
            produce_document(person, by=who)
    assert not AuditEvent.objects.filter(action="case.produce").exists()
    produce_document(person)
    event = AuditEvent.objects.get(action="case.produce")
    assert (event.user_id, event.subject, event.detail) == (officer().user_id, str(person.case.pk), {"cases": 1})


def test_an_ended_decision_on_an_attribute_is_told_as_ended(ngo: Caller) -> None:
    person = arrive(ngo)
    for code in ("F", "M"):
        decide_attribute(by=COMMAND, case=person.case.pk, field="gender", code=code, reason_code="CONFIRMED")
    document = produce_document(person)
    assert [each["superseded_at"] is None for each in document["attribute_decisions"]] == [False, True]
    assert AttributeDecision.objects.count() == 2
