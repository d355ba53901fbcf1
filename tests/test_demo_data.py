"""What the demo may bring its superuser and its clients into: an empty database or an invented one, never a real one."""

from __future__ import annotations

import base64
import json
import os
import re
import sys
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.db import connection

from cases.duplicates import search
from deploy.demo import credentials as demo_code
from deploy.demo import data as demo_data
from deploy.demo import household, owner, releases, rest
from deploy.demo import household as demo_people
from deploy.demo import manage as demo_manage
from deploy.demo import start as demo
from deploy.demo.household import guide
from partners import audit
from partners.credentials import add_client, add_partner, check_secret
from partners.kinds import Kind
from partners.models import AuditEvent, Client, Partner
from sandbox import organisations
from stats.counting import build as release
from stats.models import AnnouncedDate
from tests.callers import Browser
from tests.people.visitors import staff


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
    demo_data._provide_staff("a password")
    demo_data._provide_members("a password", first[0]["client_id"])
    assert {entry["name"] for entry in first} > {"Demo POLICE 1", "Sandbox Centre"}
    demo_data.refuse_a_real_database()
    before = counts()
    assert demo_data._provide_clients({entry["client_id"]: entry["client_secret"] for entry in first}) == first
    assert counts() == before
    assert all(check_secret(entry["client_id"], entry["client_secret"]) for entry in first)


@pytest.mark.usefixtures("db")
def test_each_partner_has_a_client_in_test_mode_beside_the_live_one_and_that_is_the_one_to_write_with(
    tmp_path: Path,
) -> None:
    organisations.establish(organisations.LIVE)
    organisations.establish(organisations.TEST)
    entries = demo_data._provide_clients({})
    by_mode = [[(e["name"], e["kind"]) for e in entries if e["mode"] == mode] for mode in ("LIVE", "TEST")]
    assert by_mode[0] == by_mode[1]
    assert len(by_mode[0]) == sum(count for _, count, _ in demo_data.CAST)
    test, live = (next(e for e in entries if e["mode"] == mode) for mode in ("TEST", "LIVE"))
    assert [e["scopes"] for e in entries if e["mode"] == "TEST" and "statistics" in str(e["scopes"])] == []
    printed = guide("http://127.0.0.1:8000", tmp_path, entries)
    assert test["client_secret"] in printed
    assert live["client_secret"] not in printed


@pytest.mark.usefixtures("db")
def test_no_credential_is_made_for_a_partner_that_a_visitor_added() -> None:
    added = add_partner(by=audit.COMMAND, name="A first name in the alphabet", kind=Kind.CENTRE)
    assert added.name not in {entry["name"] for entry in demo_data._provide_clients({})}
    assert not Client.objects.filter(partner=added).exists()


@pytest.mark.usefixtures("db")
def test_a_start_on_a_given_database_asks_before_it_prepares(tmp_path: Path) -> None:
    add_partner(by=audit.COMMAND, name="Real", kind=Kind.NGO)
    before = counts()
    with pytest.raises(SystemExit, match="may be a real one"):
        owner.prepare(tmp_path, {"is_given": True, "secrets": {}, "port": 1, "base": "", "began": 0.0})
    assert counts() == before
    assert not list(tmp_path.iterdir())


@pytest.mark.usefixtures("db")
def test_a_newcomer_signs_in_with_what_one_command_prints(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("HENVIS_SECRET_KEY", "HENVIS_PEPPER", "HENVIS_ALLOWED_HOSTS", "HENVIS_KEYS"):
        monkeypatch.setenv(name, os.environ.get(name, "kept"))
    known = demo.settle(tmp_path)
    assert not (tmp_path / "secrets.json").exists()
    household.write_private(tmp_path / household.SECRETS, known)
    assert demo.settle(tmp_path) == json.loads((tmp_path / "secrets.json").read_text()) == known
    demo_data._provide_admin(known["admin_password"])
    demo_data._provide_staff(known["admin_password"])
    partners = demo_data._provide_clients({})
    demo_data._provide_members(known["admin_password"], partners[0]["client_id"])
    demo_data._provide_factors(known["factors"])
    monkeypatch.setenv("HENVIS_HOME", str(tmp_path))
    for name in demo_people.PEOPLE:
        monkeypatch.setattr(sys, "argv", ["demo_code", name])
        assert demo_code.main() == 0
        password, shown = re.findall(r"(?:password|code) +(\S+)", capsys.readouterr().out)
        browser = Browser()
        browser.post("/account/login/", {"login": name, "password": password})
        home = "/send/" if name in demo_people.MEMBERS else "/account/"
        assert browser.post("/account/login/factor/", {"code": shown}).headers["Location"] == home
        assert browser.get("/admin/").status_code == (403 if name in demo_people.MEMBERS else 200)
        assert f" {name} " in guide("http://127.0.0.1:8000", tmp_path, partners)


def test_the_tour_names_who_signs_in_and_with_which_role() -> None:
    told = re.findall(
        r"^\| `(demo[a-z-]*)` \| `?(\w+)", (Path(__file__).parent.parent / "docs/tour.md").read_text(), re.MULTILINE
    )
    assert told == [(demo_people.ADMIN, "superuser"), *demo_people.STAFF.items(), *demo_people.MEMBERS.items()]


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize(
    ("role", "sees"),
    {
        "case_manager": ("/admin/duplicates/duplicate/", "/admin/cases/case/", "/admin/cases/case/conflicts/"),
        "data_protection": ("/admin/erased/tombstone/", "/admin/erased/tombstone/person/"),
    }.items(),
)
def test_one_sees_persons_and_one_what_is_held_of_them(role: str, sees: tuple[str, ...]) -> None:
    staff = demo_data._provide_staff("a password")
    answers = {name: [sign_in(user).get(path).status_code for path in sees] for name, user in staff.items()}
    assert {name for name, statuses in answers.items() if statuses == [200] * len(sees)} == {
        name for name, given in demo_people.STAFF.items() if given == role
    }


def sign_in(user: User) -> Browser:
    """A browser in which somebody has signed in."""
    browser = Browser()
    browser.force_login(user)
    return browser


def test_a_code_is_that_of_the_standard() -> None:
    """RFC 6238, appendix B, its last six digits."""
    secret = base64.b32encode(b"12345678901234567890").decode()
    for moment, known in ((59, "287082"), (1111111109, "081804"), (2000000000, "279037")):
        assert demo_code.code(secret, moment) == known


def test_an_unknown_person_is_a_sentence(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HENVIS_HOME", str(tmp_path))
    monkeypatch.setattr(sys, "argv", ["demo_code", "nobody"])
    with pytest.raises(SystemExit, match="knows no nobody"):
        demo_code.main()


@pytest.mark.usefixtures("db")
def test_no_report_is_announced_before_the_persons_of_its_year() -> None:
    demo_data._announce_dates(staff("ida", "statistician"))
    rows = AnnouncedDate.objects.order_by("pk")
    persons = {row.period: row.month for row in rows if row.period}
    reports = {row.title_en.removeprefix("Annual report "): row.month for row in rows if row.title_en}
    assert reports
    assert all(persons[year] < month for year, month in reports.items())


@pytest.mark.usefixtures("db")
def test_duplicates_are_searched_for_once() -> None:
    for _ in range(2):
        rest.find_duplicates(lambda _: None)
    assert AuditEvent.objects.filter(action=search.SEARCH_ACTION).count() == 1


@pytest.mark.usefixtures("db")
def test_an_earlier_vintage_is_built_before_the_one_that_says_what_is_new(monkeypatch: pytest.MonkeyPatch) -> None:
    built: list[tuple[object, ...]] = []
    names = ("period", "as_of", "change_notes")
    monkeypatch.setattr(release, "build", lambda **said: built.append(tuple(said[name] for name in names)))
    releases.build_exact(lambda _: None)
    (early,) = releases.EARLIER["2020"]
    assert [each for each in built if each[0] == "2020"] == [("2020", early, None), ("2020", None, releases.LATE)]
    assert len(built) == len(releases.PERIODS) + 1


@pytest.mark.parametrize(("content", "sentence"), [("", "No demo has run"), ('{"url": ""}', "An earlier version ran")])
def test_a_command_needs_a_demo_of_this_version(
    content: str, sentence: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HENVIS_HOME", str(tmp_path))
    if content:
        (tmp_path / household.DATABASE).write_text(content)
    with pytest.raises(SystemExit, match=sentence):
        demo_manage.main()
    assert {path.name for path in tmp_path.iterdir()} <= {household.DATABASE}
