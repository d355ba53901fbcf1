"""What the demo may bring its superuser and its clients into: an empty database or an invented one, never a real one."""

from __future__ import annotations

import os
from contextlib import ExitStack
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.db import connection

from cases.sandbox import organisations
from config import demo, demo_data
from partners import audit
from partners.credentials import add_client, add_partner, check_secret
from partners.kinds import Kind
from partners.models import AuditEvent, Client, Partner


def counts() -> list[int]:
    """How many rows of everything that a demo would add."""
    return [model.objects.count() for model in (User, Partner, Client, AuditEvent)]


@pytest.mark.usefixtures("db")
def test_a_database_with_a_real_partner_is_refused_and_left_alone() -> None:
    organisations.establish(organisations.LIVE)
    add_client(by=audit.COMMAND, partner=add_partner(by=audit.COMMAND, name="Sandbox of a kind", kind=Kind.NGO))
    before = counts()
    with pytest.raises(SystemExit, match=r"has 1 partner\(s\) and 0 user\(s\).*Nothing was changed"):
        demo_data.refuse_a_real_database()
    assert counts() == before


@pytest.mark.usefixtures("db")
def test_a_database_with_a_user_of_its_own_is_refused() -> None:
    User.objects.create_superuser("root")
    with pytest.raises(SystemExit, match=r"has 0 partner\(s\) and 1 user\(s\)"):
        demo_data.refuse_a_real_database()


@pytest.mark.usefixtures("db")
def test_a_database_without_rows_or_without_tables_is_fit() -> None:
    demo_data.refuse_a_real_database()
    with connection.cursor() as cursor:
        cursor.execute("set local search_path to pg_catalog")  # as before the first migration
    assert not connection.introspection.table_names()
    demo_data.refuse_a_real_database()


@pytest.mark.usefixtures("db")
def test_a_sandbox_and_what_a_demo_added_to_it_are_fit_for_the_next_start() -> None:
    organisations.establish(organisations.LIVE)
    demo_data.refuse_a_real_database()
    Partner.objects.filter(kind=Kind.POLICE).update(active=False)  # so that the demo needs one of its own
    first = demo_data._provide_clients({})
    demo_data._provide_admin("a password")
    assert {entry["name"] for entry in first} > {"Demo POLICE 1", "Sandbox Centre"}
    demo_data.refuse_a_real_database()
    before = counts()
    assert demo_data._provide_clients({entry["client_id"]: entry["client_secret"] for entry in first}) == first
    assert counts() == before
    assert all(check_secret(entry["client_id"], entry["client_secret"]) for entry in first)


@pytest.mark.usefixtures("db")
def test_no_credential_is_made_for_a_partner_that_a_visitor_added() -> None:
    added = add_partner(by=audit.COMMAND, name="A first name in the alphabet", kind=Kind.CENTRE)
    assert added.name not in {entry["name"] for entry in demo_data._provide_clients({})}
    assert not Client.objects.filter(partner=added).exists()


@pytest.mark.usefixtures("db")
def test_a_start_on_a_given_database_asks_before_it_prepares(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    add_partner(by=audit.COMMAND, name="Real", kind=Kind.NGO)
    before = counts()
    monkeypatch.setattr(demo, "_enter", lambda *_: os.dup(0))
    monkeypatch.setattr(demo, "_settle", lambda _: None)
    monkeypatch.setattr(demo, "_database", lambda *_: None)  # what it returns with DATABASE_URL
    with ExitStack() as stack, pytest.raises(SystemExit, match="may be a real one"):
        demo._start(stack, tmp_path, 1)
    assert counts() == before
    assert not list(tmp_path.iterdir())
