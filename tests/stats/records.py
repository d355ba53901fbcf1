"""Records for the tests of statistics, written straight into the tables: any history, without waiting for it to happen."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

from cases import dictionary as d
from cases.fields import TokenField, to_stored
from cases.intake import rules
from cases.models import Assessment, Case, Referral
from core.text import Text
from oversight.reporting.models import MonthCompletion
from partners.audit import COMMAND
from partners.credentials import add_client, add_partner
from partners.kinds import Kind, Mode
from partners.models import Client, Partner

START = datetime(2024, 6, 1, 12, tzinfo=UTC)
NOTES = Text("Sene afgørelser er med.", "Late decisions are included.")
MONTHS = {"referred_in", "decided_in"}


def at(minutes: int) -> datetime:
    """A moment of the tests' history."""
    return START + timedelta(minutes=minutes)


def partner(kind: str = "NGO", mode: Mode = Mode.LIVE) -> Partner:
    """A partner with a client."""
    made = add_partner(by=COMMAND, name=f"{kind} {uuid4().hex[:8]}", kind=Kind(kind), mode=mode)
    add_client(by=COMMAND, partner=made)
    return made


def say_nil(*years: int) -> None:
    """A partner says that nothing happened in these years: then a zero is known."""
    silent = partner()
    row = {"partner": silent, "client": client(silent), "recorded_at": START - timedelta(days=4000)}
    months = [date(year, month, 1) for year in years for month in range(1, 13)]
    MonthCompletion.objects.bulk_create([MonthCompletion(month=month, **row) for month in months])


def case(by: Partner, *, test: bool = False) -> Case:
    """A case."""
    return Case.objects.create(token=uuid4().hex[:11].upper(), test=test, opened_at=START, opened_by=by)


def columns(fields: tuple[Any, ...], changes: dict[str, Any]) -> dict[str, Any]:
    """The example record of the dictionary in its stored form, with changes."""
    example = {**rules.example(fields), **{name: value for name, value in changes.items() if name in names(fields)}}
    row = to_stored(fields, example)
    return {name: month(value) if name in MONTHS else value for name, value in row.items()}


def names(fields: tuple[Any, ...]) -> set[str]:
    """The columns of a record."""
    return {field.name for field in fields if not isinstance(field, TokenField)}


def month(value: Any) -> date | None:
    """A month of `YYYY-MM`."""
    return date.fromisoformat(f"{value}-01") if isinstance(value, str) else value


def referral(of: Case, by: Partner, **changes: Any) -> Referral:
    """A version of a referral."""
    row: dict[str, Any] = {"reference": uuid4(), "version": 1, "status": "reported", "recorded_at": at(0)}
    row |= {name: value for name, value in changes.items() if name not in names(d.REFERRAL)}
    values = columns(d.REFERRAL, changes)
    return Referral.objects.create(case=of, partner=by, client=client(by), **row, **values)


def assessment(of: Case, by: Partner, **changes: Any) -> Assessment:
    """A version of an assessment; without more said it is IDENTIFIED and verifies nothing."""
    silent = {field.name: "_N" for field in d.ASSESSMENT if field.name.startswith("verified_")}
    row: dict[str, Any] = {"version": 1, "recorded_at": at(0)}
    row |= {name: value for name, value in changes.items() if name not in names(d.ASSESSMENT)}
    values = columns(d.ASSESSMENT, {**silent, **changes})
    return Assessment.objects.create(case=of, partner=by, client=client(by), **row, **values)


def client(of: Partner) -> Client:
    """The partner's client."""
    found: Client = Client.objects.get(partner=of)
    return found


def supersede(version: Referral | Assessment, when: datetime) -> None:
    """End a version."""
    type(version).objects.filter(pk=version.pk).update(superseded_at=when)


def identified(by: Partner, **changes: Any) -> Case:
    """A person: a case with one positive assessment."""
    found = case(by)
    assessment(found, by, **changes)
    return found
