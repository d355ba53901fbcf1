"""Files for international organisations, function by function: two of staff send one, and the audit knows it.

Of `henvis_international_basis`, `henvis_is_published_figure`, `henvis_check_international_file` and `henvis_send_abroad`.
What stands in a file is in tests/publications/international.
"""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import DatabaseError, connection, transaction

from partners.audit import Actor
from partners.models import AuditEvent
from publications.international import files
from publications.international.files import InternationalRefused
from publications.international.models import FileDispatch, InternationalFile
from stats import published, rooms_above
from stats.models import PUBLIC
from stats.publishing import facts, proposals
from tests.callers import as_web_server
from tests.people.visitors import staff
from tests.publications.international.world import made, publish_year
from tests.stats.published import draft, publish, say_erratum, withdraw

pytestmark = pytest.mark.django_db


@pytest.fixture
def ida() -> User:
    """Who makes files."""
    publish_year()
    return staff("ida", "statistician")


@pytest.fixture
def ole() -> User:
    """Who sends them."""
    return staff("ole", "approver")


def send(file: InternationalFile, user: User) -> None:
    """Mark a file as sent, with the rights of the web server."""
    with as_web_server():
        files.send(by=Actor.of(user), file=file.pk)


def test_a_second_person_sends_a_file_and_the_audit_has_both(ida: User, ole: User) -> None:
    file = made(ida)
    send(file, ole)
    assert FileDispatch.objects.get().user == ole
    event = AuditEvent.objects.get(action="report.send_abroad")
    assert (event.subject, event.user_id, event.detail) == ("eu-19a 2023", ole.pk, {"file": file.pk, "made_by": ida.pk})
    with pytest.raises(InternationalRefused, match="already"):
        send(file, ole)


def test_who_made_a_file_does_not_send_it_whatever_roles_it_has(ida: User) -> None:
    both = staff("both", is_superuser=True)
    with pytest.raises(InternationalRefused, match="Two members of staff"):
        send(made(both), both)
    assert not FileDispatch.objects.exists()


@pytest.mark.parametrize("role", ["statistician", "auditor", "case_manager", None])
def test_only_approvers_send(ida: User, role: str | None) -> None:
    with pytest.raises(InternationalRefused, match="approver"):
        send(made(ida), staff("somebody", role))


def test_a_file_that_is_not_there_or_not_the_newest_is_not_sent(ida: User, ole: User) -> None:
    first, _ = made(ida), made(ida)
    with pytest.raises(InternationalRefused, match="newest"):
        send(first, ole)
    with pytest.raises(InternationalRefused, match="no such file"):
        files.send(by=Actor.of(ole), file=first.pk + 99)
    made(ida, "glotip")
    with pytest.raises(InternationalRefused, match="newest"):
        send(first, ole)


def erratum(ida: User) -> None:
    """Something is added to the release."""
    say_erratum("2023.p1", by=ida)


def vintage(ida: User) -> None:
    """Another release of the year comes out."""
    publish(PUBLIC, "2023", {"": {"": 113}}, 2)


def withdrawal(ida: User) -> None:
    """The release is withdrawn."""
    second = publish(PUBLIC, "2022", {"": {"": 70}})
    first = InternationalFile.objects.get().content["releases"][0]["id"]
    withdraw(type(second).objects.get(pk=first), second)


@pytest.mark.parametrize("change", [erratum, vintage, withdrawal])
def test_a_file_of_releases_that_are_others_now_is_not_sent(ida: User, ole: User, change: Any) -> None:
    file = made(ida)
    change(ida)
    with pytest.raises(InternationalRefused, match="others now"):
        send(file, ole)


def test_the_web_server_marks_nothing_as_sent_by_itself_and_changes_nothing(ida: User, ole: User) -> None:
    file = made(ida)
    table = "international_internationalfile"
    for statement in (
        f"INSERT INTO international_filedispatch (file_id, user_id) VALUES ({file.pk}, {ole.pk})",
        f"UPDATE {table} SET year = 2022",
        f"DELETE FROM {table}",
    ):
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(), as_web_server():
            run(statement)
    send(file, ole)
    for name in (table, "international_filedispatch"):
        for statement in (
            f"DELETE FROM {name}",
            f"UPDATE {name} SET user_id = user_id + 1",
            f"TRUNCATE {name} CASCADE",
        ):
            with pytest.raises(DatabaseError), transaction.atomic():
                run(statement)


def run(statement: str) -> None:
    """Run a statement on the test's connection."""
    with connection.cursor() as cursor:
        cursor.execute(statement)


CHANGES = {
    "another count": {"codes": "F", "value": 71},
    "a count of a hidden cell": {"codes": "M", "value": 35, "at_least": None, "at_most": None},
    "a narrower end": {"codes": "M", "at_least": 34},
    "an end of a shown cell": {"codes": "F", "at_least": 70, "at_most": 73},
    "a zero that is none": {"codes": "_U", "value": 1},
    "another table": {"codes": "F", "table": "minor_when_exploited"},
    "another period": {"codes": "F", "period": "2022"},
    "no release": {"codes": "F", "release": None},
    "an unknown release": {"codes": "F", "release": "2023.p9"},
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_the_database_takes_no_file_with_a_figure_that_no_release_shows(ida: User, change: dict[str, Any]) -> None:
    file = altered(made(ida), change)
    with pytest.raises(DatabaseError, match="ABROAD_NOT_PUBLISHED"), transaction.atomic(), as_web_server():
        file.save(force_insert=True)


def altered(file: InternationalFile, change: dict[str, Any]) -> InternationalFile:
    """A new file like one, with one figure of the sexes altered."""
    content = deepcopy(file.content)
    figure = next(each for each in content["figures"] if each["table"] == "gender" and each["codes"] == change["codes"])
    figure |= change
    return InternationalFile(body=file.body, year=file.year, content=content, basis=file.basis, user_id=file.user_id)


def test_a_draft_is_no_release_and_neither_is_one_for_authorities(ida: User) -> None:
    """Not under its own name, and not with a basis that names it."""
    file = made(ida)
    publish("authority", "2023", {"": {"": 111}, "gender": {"F": 71}})
    draft(PUBLIC, "2023", {"": {"": 111}, "gender": {"F": 71}}, 2)
    for release in ("2023.a1", "2023.p2"):
        false = altered(file, {"codes": "F", "value": 71, "release": release})
        with pytest.raises(DatabaseError, match="ABROAD_NOT_PUBLISHED"), transaction.atomic():
            false.save(force_insert=True)
        false.basis = {**file.basis, release: {"errata": [], "told_by": []}}
        with pytest.raises(DatabaseError, match="ABROAD_STALE"), transaction.atomic():
            false.save(force_insert=True)
    # And nothing of either is in a file that is made now.
    again = made(ida)
    assert again.content["figures"] == file.content["figures"] and again.basis == file.basis


@pytest.mark.parametrize("role", ["approver", "auditor", "case_manager", None])
def test_nobody_makes_a_file_in_the_name_of_who_may_not(ida: User, role: str | None) -> None:
    """Who sends a file is never the one in whose name it was made. So nobody lends a name who does not make files."""
    for write in (as_web_server, transaction.atomic):
        with pytest.raises(InternationalRefused, match="statistician"), write():
            made(staff(f"{write.__name__}-{role}", role))
    assert not InternationalFile.objects.exists()


def test_a_file_is_of_the_body_year_and_releases_that_it_says(ida: User) -> None:
    file = made(ida)
    copy = InternationalFile(body="glotip", year=2023, content=file.content, basis=file.basis, user_id=ida.pk)
    with pytest.raises(DatabaseError, match="ABROAD_MISNAMED"), transaction.atomic():
        copy.save(force_insert=True)
    stale = InternationalFile(body="eu-19a", year=2023, content=file.content, basis={}, user_id=ida.pk)
    with pytest.raises(DatabaseError, match="ABROAD_STALE"), transaction.atomic():
        stale.save(force_insert=True)


def test_what_was_sent_adds_no_fact_and_its_years_are_registered(ida: User, ole: User) -> None:
    """The figures are of releases, with which every audit reckons; so what a collection prints of them is nothing new."""
    before = {each.id for each in facts.known_facts()}
    assert proposals.unregistered_years("2023")["GLOTIP"] == (2023,)
    for body in ("glotip", "eurostat", "eu-19a"):
        send(made(ida, body), ole)
    assert {each.id for each in facts.known_facts()} == before
    assert rooms_above.years_sent() == {"GLOTIP": frozenset({2023}), "crim_thb": frozenset({2023})}
    assert 2023 not in [year for years in proposals.unregistered_years("2023").values() for year in years]
    assert 2023 in published.years_unregistered([2023], 2026)["crim_thb"]


def test_a_file_that_is_made_and_not_sent_registers_nothing(ida: User) -> None:
    made(ida, "glotip")
    assert rooms_above.years_sent() == {}


def test_a_figure_that_got_out_another_way_is_a_fact(ida: User, ole: User) -> None:
    """Whoever owns the database can switch the trigger off. The audit looks for itself."""
    file = made(ida)
    run("SET CONSTRAINTS ALL IMMEDIATE")
    run("ALTER TABLE international_internationalfile DISABLE TRIGGER of_published_figures")
    other = altered(file, {"codes": "M", "value": 35, "at_least": None, "at_most": None})
    other.save(force_insert=True)
    run("ALTER TABLE international_internationalfile ENABLE TRIGGER of_published_figures")
    assert "2023;gender=M" not in {each.id for each in facts.facts_of_years(2023, 2023) if each.low == 35}
    send(other, ole)
    (fact,) = [each for each in facts.facts_of_years(2023, 2023) if each.id == "2023;gender=M" and each.low == 35]
    assert (fact.high, fact.source) == (35, "eu-19a")


def test_what_is_published_later_is_no_fact_of_what_was_sent_before(ida: User, ole: User) -> None:
    """The file has the figures of the first vintage, with which the audit reckons though it is withdrawn."""
    send(made(ida, "glotip"), ole)
    before = [*facts.known_facts()]
    first = InternationalFile.objects.get().content["releases"][0]["id"]
    second = publish(PUBLIC, "2023", {"": {"": 113}}, 2)
    withdraw(type(second).objects.get(pk=first), second)
    assert [*facts.known_facts()] == before
