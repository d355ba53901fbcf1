"""`manage.py case`: the token is read from standard input, and tombstones survive a restore."""

from __future__ import annotations

import json
import sys
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from cases.erased.models import ErasedReference, ErasedToken, Tombstone
from cases.models import Case, Referral
from oversight.rights import erasure
from oversight.rights.database import RightsRefused
from partners.audit import COMMAND
from partners.models import AuditEvent
from tests.callers import Caller, referral
from tests.oversight.rights.world import arrive, erase_person, officer, remaining_rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Lets the next command read a token from standard input."""
    officer()

    def give(token: str) -> None:
        monkeypatch.setattr(sys, "stdin", StringIO(f"{token}\n"))

    return give


def case(action: str, *arguments: str, **options: Any) -> str:
    """What the command says."""
    said = StringIO()
    call_command("case", action, *arguments, stdout=said, **options)
    return said.getvalue()


def test_producing_writes_the_document(ngo: Caller, given: Any) -> None:
    person = arrive(ngo)
    given(person.token)
    assert json.loads(case("produce", user="officer"))["cases"][0]["token"] == person.token
    given(person.token)
    page = case("produce", user="officer", html=True, kinds_only=True)
    assert page.startswith("<!doctype html>")
    assert ngo.partner.name not in page
    given(person.token)
    with pytest.raises(CommandError, match="keep the register"):
        case("produce", user="officer", request=999)
    assert AuditEvent.objects.filter(action="case.produce", user__username="officer").count() == 2


def test_erasing_asks_first(ngo: Caller, given: Any) -> None:
    person = arrive(ngo)
    needles = person.needles
    given(person.token)
    asked = case("erase", user="officer", reason="REQUESTED")
    assert asked.startswith("1 cases, 1 referrals, 0 assessments. Nothing is erased yet")
    assert person.case
    given(person.token)
    done = case("erase", user="officer", reason="REQUESTED", confirm=asked.split()[-1])
    assert done.startswith(f"Erased. Tombstone {Tombstone.objects.get().pk}.")
    assert remaining_rows(needles) == {}
    assert not any(needle in asked + done for needle in needles)


def test_what_is_refused_is_an_error_without_the_token(ngo: Caller, given: Any) -> None:
    person = arrive(ngo)
    for token, options, why in (
        ("7KQ2M8XW4A4", {"user": "officer"}, "no case has it"),
        ("7KQ2M8XW4A5", {"user": "officer"}, "typing error"),
        (person.token, {"user": "officer", "test": True}, "no case has it"),
        (person.token, {"user": "nobody"}, "no active staff user"),
        (person.token, {"user": "officer", "confirm": "0" * 16}, "look again"),
    ):
        given(token)
        with pytest.raises(CommandError, match=why) as refused:
            case("erase", reason="REQUESTED", **options)
        assert token not in str(refused.value)
    assert person.case


def test_at_a_terminal_the_token_is_typed_unseen(ngo: Caller, given: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    person = arrive(ngo)
    given("")
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr("oversight.rights.management.commands.case.getpass", lambda prompt: person.token)
    assert case("erase", user="officer", reason="REQUESTED").startswith("1 cases")


def restore_backup() -> None:
    """The database as a backup from before the erasures has it: without tombstones."""
    with connection.cursor() as cursor:
        for model in (ErasedToken, ErasedReference, Tombstone):
            table = model._meta.db_table
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER append_only")
            cursor.execute(f"DELETE FROM {table}")
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER append_only")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def test_after_a_restore_whoever_was_erased_is_erased_again(
    ngo: Caller, police: Caller, given: Any, tmp_path: Path
) -> None:
    gone, other, kept = arrive(ngo), arrive(police), arrive(ngo)
    erase_person(gone)
    lines = case("tombstones")
    assert not any(needle in lines for needle in (gone.token, *gone.references))
    first = Tombstone.objects.get()
    restore_backup()
    before = first.erased_at - timedelta(days=1)
    back = Case.objects.create(token=gone.token, opened_at=before, opened_by=ngo.partner)
    assert ngo.put(gone.paths[0], referral(case_token=gone.token)).status_code == 201
    file = tmp_path / "tombstones"
    file.write_text(lines)
    said = case("reapply", str(file), user="officer")
    assert said == "1 tombstones restored, 1 persons and 0 single referrals erased again.\n"
    assert remaining_rows([gone.token, *gone.references, str(back.pk)]) == {}
    assert Tombstone.objects.filter(pk=first.pk, erased_at=first.erased_at, reason_code="REQUESTED").exists()
    assert Tombstone.objects.exclude(pk=first.pk).get().reason_code == "RESTORED"
    assert ngo.get(gone.paths[0]).status_code == 410
    assert (police.get(other.paths[0]).status_code, ngo.get(kept.paths[0]).status_code) == (200, 200)
    assert case("reapply", str(file), user="officer").startswith("0 tombstones restored, 0 persons and 0 single")


def test_a_single_referral_of_hers_on_another_s_case_goes_alone(
    ngo: Caller, police: Caller, given: Any, tmp_path: Path
) -> None:
    gone, other = arrive(ngo), arrive(police)
    erase_person(gone)
    file = tmp_path / "tombstones"
    file.write_text(case("tombstones"))
    restore_backup()
    assert ngo.put(gone.paths[0], referral(case_token=other.token)).status_code == 201
    assert case("reapply", str(file), user="officer").endswith("0 persons and 1 single referrals erased again.\n")
    assert remaining_rows(gone.references) == {}
    assert police.get(other.paths[0]).status_code == 200


def test_a_case_opened_since_by_an_erased_token_is_not_erased_again(ngo: Caller, given: Any, tmp_path: Path) -> None:
    gone = arrive(ngo)
    erase_person(gone)
    file = tmp_path / "tombstones"
    file.write_text(case("tombstones"))
    ngo.referral(case_token=gone.token)
    assert case("reapply", str(file), user="officer").startswith("0 tombstones restored, 0 persons")
    assert Referral.objects.count() == 1


def test_lines_of_partners_and_users_who_are_not_there_are_passed_over(ngo: Caller, given: Any) -> None:
    erase_person(arrive(ngo))
    lines = [json.loads(line) for line in case("tombstones").splitlines()]
    restore_backup()
    for row in lines:
        row.update({"user": "gone"} if "tombstone" in row else {"partner": str(uuid4())})
    erasure.reapply(by=officer(), lines=[json.dumps(row) for row in lines])
    assert Tombstone.objects.get().user_id == officer().user_id
    assert ErasedToken.objects.count() == 1
    assert not ErasedReference.objects.exists()


@pytest.mark.parametrize("line", ["", "not JSON", "[]", "{}", '"text"'])
def test_what_is_no_tombstone_is_refused(given: Any, tmp_path: Path, line: str) -> None:
    with pytest.raises(RightsRefused, match="A line is no"):
        erasure.reapply(by=officer(), lines=[line])
    with pytest.raises(RightsRefused, match="Only a member of staff"):
        erasure.reapply(by=COMMAND, lines=[])
    with pytest.raises(CommandError, match="cannot be read"):
        case("reapply", str(tmp_path / "missing"), user="officer")
