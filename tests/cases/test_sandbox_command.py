"""`manage.py sandbox`: its output, and its refusals to store invented records among real ones."""

from __future__ import annotations

from argparse import ArgumentTypeError
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from cases.models import Referral
from partners.audit import COMMAND
from partners.credentials import add_partner
from partners.kinds import Kind
from partners.models import AuditEvent, Partner, Secret
from sandbox import database
from sandbox.database import SandboxRefused
from sandbox.load import DEFAULT_SEED, load
from sandbox.management.commands import sandbox as command

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> str:
    """The command's output."""
    out = StringIO()
    call_command("sandbox", *arguments, stdout=out)
    return out.getvalue()


def test_it_says_what_was_loaded_and_what_was_completed() -> None:
    out = run("--years", "2022-2023")
    assert "185 persons identified in 2022–2023" in out
    assert "2022 exploitation CRIMINAL 9: assumed" in out
    assert "2023 age_band Y18T24 23: follows" in out
    assert "2021" not in out
    assert "Sandbox Night Outreach (TEST)" in out


def test_any_size_completes_nothing_and_may_be_silent() -> None:
    assert "Completed" not in run("--persons", "20", "--years", "2020")
    assert run("--persons", "20", "--years", "2021", "--seed", "5", "--force", "--verbosity", "0") == ""


def test_progress_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "SECONDS_BETWEEN_LINES", 0.0)
    assert "  20 of 20 persons" in run("--persons", "20")


def test_partners_are_of_every_kind_and_hold_no_live_secret() -> None:
    run("--persons", "5")
    partners = {(partner.kind, partner.mode) for partner in Partner.objects.all()}
    assert partners == {
        ("NGO", "LIVE"), ("POLICE", "LIVE"), ("IMMIGRATION", "LIVE"), ("CENTRE", "LIVE"), ("MUNICIPALITY", "LIVE"),
        ("NGO", "TEST"), ("CENTRE", "TEST"),
    }  # fmt: skip
    assert Partner.objects.filter(kind="NGO", mode="LIVE").count() >= 2
    assert not Secret.objects.filter(revoked_at=None).exists()
    assert AuditEvent.objects.filter(action="sandbox.load", subject=str(DEFAULT_SEED)).count() == 1


def test_a_database_with_a_real_partner_is_refused() -> None:
    add_partner(by=COMMAND, name="Sandbox Night Outreach", kind=Kind.NGO)
    with pytest.raises(CommandError, match="may be a real one"):
        run("--persons", "5")
    assert not Referral.objects.exists()
    assert Partner.objects.count() == 1


def test_a_database_with_records_is_refused() -> None:
    run("--persons", "5")
    stored = Referral.objects.count()
    with pytest.raises(CommandError, match="There are records already"):
        run("--persons", "5", "--seed", "6")
    assert Referral.objects.count() == stored


def test_force_adds_another_seed_by_the_same_partners() -> None:
    run("--persons", "5")
    partners = Partner.objects.count()
    add_partner(by=COMMAND, name="Real", kind=Kind.NGO)
    run("--persons", "5", "--seed", "6", "--force")
    assert Partner.objects.count() == partners + 1
    with pytest.raises(CommandError, match="seed 6 is already loaded"):
        run("--persons", "5", "--seed", "6", "--force")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--years", "2014-2016"), "Figures of single years are published for 2015–2023"),
        (("--years", "2023-2015"), "first year comes after"),
        (("--persons", "0"), "between 1 and"),
        (("--persons", "5", "--years", "1999"), "has years from 2000"),
        (("--persons", "5", "--years", f"{database.latest_year() + 1}"), "must have ended half a year ago"),
    ],
)
def test_sizes_that_cannot_be_told(arguments: tuple[str, ...], message: str) -> None:
    with pytest.raises(CommandError, match=message):
        run(*arguments)
    assert not Partner.objects.exists()


def test_years() -> None:
    assert command.years("2015-2017") == (2015, 2016, 2017)
    assert command.years("2020") == (2020,)
    with pytest.raises(ArgumentTypeError):
        command.years("lately")


def test_the_function_refuses_like_the_command() -> None:
    with pytest.raises(SandboxRefused):
        load(years=())
