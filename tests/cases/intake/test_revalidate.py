"""`manage.py revalidate`: what is stored is validated again, counted for staff, and left as it is."""

from __future__ import annotations

import json
import re
from io import StringIO
from typing import Any
from uuid import UUID

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.intake import revalidation
from cases.intake.checks.confirmations import confirm
from cases.intake.checks.content import content_digest
from cases.intake.models import RevalidationReport
from cases.models import Referral
from cases.rules import REFERRAL_RULES, Rule
from core.text import Text
from partners.kinds import Mode
from partners.models import AuditEvent
from tests.callers import Browser, Caller, make_caller
from tests.people.visitors import signed_in, staff

pytestmark = pytest.mark.django_db
CHECK = "unaccompanied_without_guardian"
MINOR = {"age_band": "Y15T17", "minor_when_exploited": "YES", "unaccompanied_minor": "YES", "guardian_assigned": "NO"}
NEW_RULE = Rule(
    "no_clinics", "setting", Text("Ingen klinikker.", "No clinics."), lambda v: v["setting"] == "HEALTH_CLINIC", {}
)


@pytest.fixture
def stored(ngo: Caller, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Referrals of two years: one right, two that a check asks about, and one that a rule of today would refuse."""
    monkeypatch.setattr(revalidation, "REFERRAL_RULES", (*REFERRAL_RULES, NEW_RULE))
    paths = {
        "right": ngo.referral()[0],
        "minor": ngo.referral(**MINOR)[0],
        "earlier": ngo.referral(**MINOR, referred_in="2023-05")[0],
        "clinic": ngo.referral(**MINOR, setting="HEALTH_CLINIC")[0],
    }
    return {name: path.rpartition("/")[2] for name, path in paths.items()}


def run(*arguments: str) -> str:
    """What the command prints."""
    out = StringIO()
    call_command("revalidate", *arguments, stdout=out)
    return out.getvalue()


def line(caller: Caller, rule: str, year: int, referrals: int) -> dict[str, Any]:
    """A line of a report."""
    return {"rule": rule, "partner": str(caller.partner.pk), "year": year, "referrals": referrals}


def test_the_report_counts_by_rule_partner_and_year_and_names_no_referral(ngo: Caller, stored: dict[str, str]) -> None:
    said = json.loads(run("--json"))
    assert (said["referrals"], said["refused"], said["held"]) == (4, 1, 2)
    assert said["counts"] == [line(ngo, "no_clinics", 2025, 1), line(ngo, CHECK, 2023, 1), line(ngo, CHECK, 2025, 2)]
    report = RevalidationReport.objects.get()
    assert (str(report.pk), report.counts) == (said["id"], said["counts"])
    assert not any(reference in json.dumps(said) for reference in stored.values())
    event = AuditEvent.objects.get(action="intake.revalidate")
    assert (event.subject, event.user_id, event.detail["held"]) == ("all partners", None, 2)
    assert not any(reference in json.dumps(event.detail) for reference in stored.values())


def test_for_people_each_line_has_the_partner_s_name(ngo: Caller, stored: dict[str, str]) -> None:
    said = run()
    assert f"        2  2025  {CHECK}  {ngo.partner.name}" in said.splitlines()
    assert not any(reference in said for reference in stored.values())


def test_references_are_printed_to_who_asks_and_kept_nowhere(stored: dict[str, str]) -> None:
    assert set(run("--references").splitlines()) >= {
        f"{stored['minor']}  {CHECK}",
        f"{stored['clinic']}  no_clinics, {CHECK}",
    }
    said = json.loads(run("--references", "--json"))
    assert said["references"] == {
        stored["minor"]: [CHECK],
        stored["earlier"]: [CHECK],
        stored["clinic"]: ["no_clinics", CHECK],
    }
    assert stored["minor"] not in json.dumps([report.counts for report in RevalidationReport.objects.all()])


def test_nothing_that_is_stored_changes(stored: dict[str, str]) -> None:
    before = list(Referral.objects.order_by("pk").values())
    run()
    assert list(Referral.objects.order_by("pk").values()) == before


def test_what_a_partner_has_confirmed_is_not_held(ngo: Caller, stored: dict[str, str]) -> None:
    row = Referral.objects.get(reference=stored["minor"])
    confirm(ngo.principal, [(CHECK, content_digest(row.reference, vars(row)))], "RARE_BUT_TRUE")
    said = json.loads(run("--json"))
    assert said["held"] == 1
    assert line(ngo, CHECK, 2025, 1) in said["counts"]


def test_withdrawn_referrals_and_earlier_versions_are_left_out(ngo: Caller) -> None:
    path, _ = ngo.referral(**MINOR)
    ngo.post(f"{path}/withdrawal", {"reason_code": "DUPLICATE"}, If_Match='"1"')
    assert json.loads(run("--json"))["referrals"] == 0


def test_one_partner_can_be_looked_at_and_a_test_one_by_its_id_alone(ngo: Caller, stored: dict[str, str]) -> None:
    test = make_caller("NGO", mode=Mode.TEST, name="Trial")
    test.referral(**MINOR)
    assert json.loads(run("--json"))["referrals"] == 4
    assert json.loads(run("--json", "--partner", ngo.partner.name))["referrals"] == 4
    said = json.loads(run("--json", "--partner", str(test.partner.pk)))
    assert (said["referrals"], said["counts"]) == (1, [line(test, CHECK, 2025, 1)])
    assert AuditEvent.objects.filter(action="intake.revalidate").latest("at").subject == str(test.partner.pk)
    for name in ("Trial", "Nobody", str(UUID(int=0))):
        with pytest.raises(CommandError, match="no such partner"):
            run("--partner", name)


def test_the_audit_says_who_ran_it(stored: dict[str, str]) -> None:
    user = staff("ida", "case_manager")
    run("--user", "ida")
    assert AuditEvent.objects.get(action="intake.revalidate").user_id == user.pk
    assert RevalidationReport.objects.get().user_id == user.pk
    with pytest.raises(CommandError, match="no active staff user"):
        run("--user", "somebody")


def test_rows_are_read_in_chunks_with_one_statement_for_what_is_confirmed(
    stored: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with CaptureQueriesContext(connection) as few:
        run("--json")
    monkeypatch.setattr(revalidation, "CHUNK", 1)
    with CaptureQueriesContext(connection) as more:
        run("--json")
    asked = [sum("intake_confirmation" in query["sql"] for query in each) for each in (few, more)]
    assert asked == [1, 3]


@pytest.mark.django_db(transaction=True)
def test_what_is_new_and_gone_since_the_run_before_is_told_and_nothing_is_changed_by_itself(
    ngo: Caller, other_ngo: Caller, stored: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of runs over the same: what one partner's own report says is no run before one over all."""
    other_ngo.referral(**MINOR)
    first = json.loads(run("--json"))
    assert (first["before"], first["changes"]) == (None, [])
    assert "Since" not in run("--partner", ngo.partner.name)
    page = page_of(RevalidationReport.objects.get(pk=first["id"]))
    assert "There is no earlier run to compare with." in page
    monkeypatch.setattr(revalidation, "REFERRAL_RULES", REFERRAL_RULES)
    ngo.referral(**MINOR, referred_in="2023-06")
    row = Referral.objects.get(reference=stored["minor"])
    confirm(ngo.principal, [(CHECK, content_digest(row.reference, vars(row)))], "RARE_BUT_TRUE")
    before = list(Referral.objects.order_by("pk").values())
    second = json.loads(run("--json"))
    assert second["before"] == first["id"]
    assert second["changes"] == [
        change(ngo, "no_clinics", 2025, gone=1),
        change(ngo, CHECK, 2023, new=1),
        change(ngo, CHECK, 2025, gone=1),
    ]
    assert list(Referral.objects.order_by("pk").values()) == before
    page = page_of(RevalidationReport.objects.get(pk=second["id"]))
    assert page.count(f'href="/problems/{CHECK}"') == 2 + 3  # in what has changed, and in all there is
    assert page.count('href="/problems/no_clinics"') == 1
    ngo.referral(**MINOR, referred_in="2023-07")
    said = run().splitlines()
    assert f"       +1  2023  {CHECK}  {ngo.partner.name}" in said[-1:]
    assert "Nothing has changed." in page_of(json_report(run("--json")))


def json_report(text: str) -> RevalidationReport:
    """The report of which a command's JSON tells."""
    return RevalidationReport.objects.get(pk=json.loads(text)["id"])


def page_of(report: RevalidationReport) -> str:
    """The staff page of a report."""
    browser = signed_in(User.objects.filter(username="manager").first() or staff("manager", "case_manager"))
    return browser.get(f"/admin/intake/revalidationreport/{report.pk}/change/").content.decode()


def change(caller: Caller, rule: str, year: int, *, new: int = 0, gone: int = 0) -> dict[str, Any]:
    """What differs in a line."""
    return {"rule": rule, "partner": str(caller.partner.pk), "year": year, "new": new, "gone": gone}


@pytest.mark.parametrize(
    ("language", "title"), [("da", "ville vente på bekræftelse"), ("en", "would wait for a confirmation")]
)
def test_staff_see_the_counts_with_the_words_of_the_rules(
    ngo: Caller, stored: dict[str, str], language: str, title: str
) -> None:
    run()
    report = RevalidationReport.objects.get()
    browser: Browser = signed_in(staff("manager", "case_manager"))
    page = browser.get(
        f"/admin/intake/revalidationreport/{report.pk}/change/", headers={"Accept-Language": language}
    ).content.decode()
    assert title in page.lower()
    # Numbers stand under each other; a year and a name are words.
    assert re.search(r'<table class="figures">.*<th scope="col" class="number">', page, re.DOTALL)
    assert re.search(r"<td class=\"words\">\d{4}</td><td>\d+</td>", page)
    assert f'href="/problems/{CHECK}"' in page and str(ngo.partner) in page
    assert not any(reference in page for reference in stored.values())


def test_an_empty_list_of_checks_says_who_runs_one(db: None) -> None:
    browser = signed_in(staff("manager", "case_manager"))
    page = browser.get("/admin/intake/revalidationreport/", headers={"Accept-Language": "da"}).content.decode()
    assert "Kontroller af gemte henvisninger" in page and "Driften kører den med kommandoen revalidate." in page
