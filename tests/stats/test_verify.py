"""What `verify` finds, and the command around it all."""

from __future__ import annotations

import json
from dataclasses import replace
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from cases.dimensions import DATASETS, PRINCIPAL, Aggregation
from partners.audit import COMMAND
from partners.kinds import Kind
from partners.models import AuditEvent, Partner
from stats.counting import build as release
from stats.counting import cube, erasures, verification
from stats.counting.cube import Options
from stats.models import Release, ReleaseTable
from tests.callers import as_web_server
from tests.stats.records import at, case, identified, partner, referral

pytestmark = pytest.mark.django_db


@pytest.fixture
def ngo() -> Partner:
    return partner()


@pytest.fixture
def built(ngo: Partner) -> Release:
    identified(partner("CENTRE"), decided_in="2023-05")
    for gender in "FFM":
        referral(case(ngo), ngo, referred_in="2023-03", gender=gender)
    return release.build(by=COMMAND, period="2023", depth=2, as_of=at(60)).release


def spoil(statement: str) -> None:
    """Do what the triggers refuse."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in ("statistics_release", "statistics_releasetable"):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(statement)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in ("statistics_release", "statistics_releasetable"):
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def failed(release_id: str) -> set[str]:
    """The names of the checks that fail."""
    return {check.name for check in verification.verify(release_id) if check.passed is False}


def run(*words: str) -> str:
    """The command's standard output."""
    out = StringIO()
    call_command("release", *words, stdout=out, stderr=StringIO())
    return out.getvalue()


def ended(status: int, *words: str) -> str:
    """The command's standard output, where it ends with a status."""
    out = StringIO()
    with pytest.raises(SystemExit) as stopped:
        call_command("release", *words, stdout=out, stderr=StringIO())
    assert stopped.value.code == status
    return out.getvalue()


def test_a_sound_release_passes(built: Release) -> None:
    checks = verification.verify(built.pk)
    assert len(checks) == 9
    assert all(check.passed for check in checks)


def test_a_changed_count_is_found(built: Release) -> None:
    spoil(
        "UPDATE statistics_releasetable SET counts[1] = counts[1] + 1 WHERE dataset = 'referrals' AND axes = 'gender'"
    )
    assert failed(built.pk) == {"cells have the release's digest", "referrals: every table adds up to the total"}


def test_a_change_that_keeps_the_sum_is_found(built: Release) -> None:
    spoil("UPDATE statistics_releasetable SET counts = '{1,2}' WHERE dataset = 'referrals' AND axes = 'gender'")
    assert failed(built.pk) == {"cells have the release's digest"}


def test_tables_of_a_share_or_a_rate_need_not_add_up(built: Release, monkeypatch: pytest.MonkeyPatch) -> None:
    sums = [check.name for check in verification.sums_checks(built, Options.of_settings(built.settings))]
    assert [name for name in sums if "adds up" in name] == [
        f"{name}: every table adds up to the total" for name in DATASETS
    ]
    for measure in (Aggregation.SHARE, Aggregation.RATE):
        monkeypatch.setitem(DATASETS, PRINCIPAL.id, replace(PRINCIPAL, measure=measure))
        again = [check.name for check in verification.sums_checks(built, Options.of_settings(built.settings))]
        assert set(sums) - set(again) == {f"{PRINCIPAL.id}: every table adds up to the total"}


def test_a_missing_table_is_found(built: Release) -> None:
    spoil("DELETE FROM statistics_releasetable WHERE dataset = 'persons' AND axes = 'gender'")
    assert "persons: 159 tables" in failed(built.pk)


def test_a_purged_record_is_found(built: Release) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL henvis.purge = 'on'")
        cursor.execute("DELETE FROM cases_referral WHERE gender = 'M'")
    assert failed(built.pk) == {"the records are those counted", "a new count gives the same cells"}


def lose_a_record() -> None:
    """Delete a referral past the program."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL henvis.purge = 'on'")
        cursor.execute("DELETE FROM cases_referral WHERE gender = 'M'")


def test_another_version_excuses_nothing_where_the_rule_is_the_same(built: Release, settings: Any) -> None:
    settings.HENVIS_VERSION = f"{built.software}.1"
    assert all(check.passed for check in verification.verify(built.pk))
    lose_a_record()
    assert failed(built.pk) == {"the records are those counted", "a new count gives the same cells"}


def test_of_another_rule_only_what_is_stored_is_held_against_it(
    built: Release, monkeypatch: pytest.MonkeyPatch
) -> None:
    """That its records cannot be counted again is told, is no failure, and is no success either."""
    monkeypatch.setattr(release, "rule", lambda _: "another")
    assert all(check.passed for check in verification.verify(built.pk))
    assert run("verify", built.pk).endswith("Verified.\n")
    lose_a_record()
    told = {check.name: check.detail for check in verification.verify(built.pk) if check.passed is None}
    assert set(told) == {"the records are those counted", "a new count gives the same cells"}
    assert all(f"version {built.software}," in detail for detail in told.values())
    assert failed(built.pk) == set()
    assert ended(2, "verify", built.pk).endswith("Not all of it can be checked; what can be is as it was built.\n")
    spoil("UPDATE statistics_releasetable SET counts = '{1,2}' WHERE dataset = 'referrals' AND axes = 'gender'")
    assert failed(built.pk) == {"cells have the release's digest"}
    assert ended(1, "verify", built.pk).endswith("NOT as it was built.\n")


def test_of_before_rules_were_kept_another_version_may_have_had_another(built: Release, settings: Any) -> None:
    spoil("UPDATE statistics_release SET rule = ''")
    lose_a_record()
    assert failed(built.pk) == {"the records are those counted", "a new count gives the same cells"}
    settings.HENVIS_VERSION = f"{built.software}.1"
    assert failed(built.pk) == set()
    ended(2, "verify", built.pk)


def test_a_partner_whose_kind_was_changed_is_found(built: Release, ngo: Partner) -> None:
    """Releases keep no kinds, since no page and no program changes one: it is fixed when the partner is made."""
    with pytest.raises(DatabaseError), transaction.atomic(), as_web_server():
        Partner.objects.filter(pk=ngo.pk).update(kind=Kind.UNION)
    Partner.objects.filter(pk=ngo.pk).update(kind=Kind.UNION)
    assert failed(built.pk) == {"the records are those counted", "a new count gives the same cells"}


def test_a_later_record_changes_nothing(built: Release, ngo: Partner) -> None:
    referral(case(ngo), ngo, referred_in="2023-03", recorded_at=at(90))
    assert failed(built.pk) == set()


def test_a_new_version_of_a_code_list_is_told_and_is_no_failure(
    built: Release, monkeypatch: pytest.MonkeyPatch
) -> None:
    changed = {**built.codelists, "gender": "2.0"}
    monkeypatch.setattr(Options, "codelists", lambda self: changed)
    checks = verification.verify(built.pk)
    assert (checks[-1].name, checks[-1].passed) == ("rebuild", None)
    assert "gender" in checks[-1].detail
    assert "not checked" in ended(2, "verify", built.pk)


def test_verifying_writes_nothing(built: Release) -> None:
    before = AuditEvent.objects.count(), Release.objects.count(), ReleaseTable.objects.count()
    verification.verify(built.pk)
    assert (AuditEvent.objects.count(), Release.objects.count(), ReleaseTable.objects.count()) == before


def test_a_release_of_before_a_dataset_began_is_verified_and_an_erasure_asks_what_it_counted(
    ngo: Partner, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = case(ngo)
    referral(person, ngo, referred_in="2023-03")
    with monkeypatch.context() as before:
        before.setattr(cube, "DATASETS", {name: of for name, of in DATASETS.items() if name != "presumed"})
        made = release.build(by=COMMAND, period="2023", depth=1, as_of=at(60)).release
    assert made.records == {"persons": 0, "referrals": 1}
    checks = verification.verify(made.pk)
    assert len(checks) == 7 and all(check.passed for check in checks)
    assert [each.dataset.id for each in erasures.countings([person.pk])] == ["persons", "referrals"]


def test_build_list_and_show_for_people(ngo: Partner) -> None:
    referral(case(ngo), ngo, referred_in="2023-03")
    assert run("build", "2023", "--depth", "1", "--as-of", "2024-06-01T15:00").startswith(
        "2023.v1 built (as of 2024-06-01 15:00"
    )
    assert "2023.v1 unchanged" in run("build", "2023", "--depth", "1", "--as-of", "2024-06-01T16:00+02:00")
    assert run("build", "2023-Q1", "--dimensions", "gender,region", "--wait", "1").startswith("2023-Q1.v1 built")
    assert [line.split()[0] for line in run("list").splitlines()] == ["2023-Q1.v1", "2023.v1"]
    shown = run("show", "2023.v1")
    assert "records      {'persons': 0, 'presumed': 1, 'referrals': 1}" in shown
    assert shown.splitlines()[0] == "id           2023.v1"


def test_build_list_show_and_verify_for_machines(built: Release) -> None:
    again = json.loads(run("build", "2023", "--depth", "2", "--as-of", built.as_of.isoformat(), "--json"))
    assert (again["id"], again["created"], again["digest"]) == ("2023.v1", False, built.digest)
    assert json.loads(run("list", "--json")) == [
        {"id": "2023.v1", "period": "2023", "audience": "exact", "as_of": built.as_of.isoformat(), "state": "depth 2"}
    ]
    assert json.loads(run("show", "2023.v1", "--json"))["records"] == {"persons": 1, "presumed": 3, "referrals": 3}
    assert {check["passed"] for check in json.loads(run("verify", "2023.v1", "--json"))} == {True}


def test_verify_ends_with_status_1_where_a_check_fails(built: Release) -> None:
    assert run("verify", "2023.v1").count("ok  ") == 9
    spoil("UPDATE statistics_releasetable SET counts = '{1,2}' WHERE dataset = 'referrals' AND axes = 'gender'")
    out = StringIO()
    with pytest.raises(SystemExit) as stopped:
        call_command("release", "verify", "2023.v1", stdout=out, stderr=StringIO())
    assert stopped.value.code == 1
    assert out.getvalue().startswith("FAILED       cells have the release's digest (the stored cells were changed)")


def test_a_release_that_is_not_there_has_not_the_status_of_a_forged_one() -> None:
    with pytest.raises(CommandError) as stopped:
        run("verify", "2023.v9")
    assert stopped.value.returncode == 2


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("show", "2023.v9"), "no such release"),
        (("verify", "2023.v9"), "no such release"),
        (("build", "20x3"), "A period is written"),
        (("build", "2023", "--as-of", "2190-01-01"), "future"),
        (("build", "2023", "--as-of", "yesterday"), "write a moment as"),
        (("build", "2023", "--depth", "9"), "The depth is"),
        (("build", "2023", "--dimensions", ""), "The dimensions are among"),
    ],
)
def test_what_the_command_refuses(words: tuple[str, ...], message: str) -> None:
    with pytest.raises(CommandError, match=message):
        run(*words)
