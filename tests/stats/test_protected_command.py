"""`manage.py release` for protected releases: propose, build, list, show, verify, work."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from core.text import Text
from oversight.reporting.models import CoverageNote
from partners.models import AuditEvent
from stats.models import AUTHORITY, PUBLIC, Certificate, Release
from stats.protection.suppress.complementary import Suppression
from stats.publishing import facts, proposals, suppression
from stats.publishing.choice import PROTECTED
from stats.staff import approval
from tests.stats.published import staff
from tests.stats.publishing.conftest import keys  # noqa: F401 (a fixture)
from tests.stats.publishing.town import Town, approver, build, issue, publish, without_gate
from tests.stats.records import at

AS_OF = "2024-06-01T13:00:00+00:00"


@pytest.fixture
def crowd(db: None, keys: Path) -> Town:  # noqa: F811 (the fixture)
    """The persons of 2012, and somebody who builds."""
    staff("ida")
    town = Town()
    town.year(2012)
    return town


def run(*arguments: str) -> str:
    """The command's output; what it tells meanwhile goes elsewhere."""
    out = StringIO()
    call_command("release", *arguments, stdout=out, stderr=StringIO())
    return out.getvalue()


def read(*arguments: str) -> Any:
    """The command's output for machines."""
    return json.loads(run(*arguments, "--json"))


def built(*arguments: str, period: str = "2012", audience: str = PUBLIC) -> Any:
    """What `build` says to machines."""
    return read("build", period, "--audience", audience, "--user", "ida", "--as-of", AS_OF, *arguments)


def test_a_draft_is_built_of_tables_and_parameters(crowd: Town) -> None:
    said = built("--table", "gender", "--table", "exploitation.form", "--threshold", "4")
    assert (said["id"], said["created"], said["passed"], said["failing"]) == ("2012.p1", True, True, [])
    assert [table["axes"] for table in said["tables"]] == ["", "gender", "exploitation.form"]
    stored = Release.objects.get()
    assert stored.settings["threshold"] == 4
    assert stored.user == staff("ida")
    assert AuditEvent.objects.get(action="release.build", subject="2012.p1").user == staff("ida")
    assert built("--table", "gender", "--table", "exploitation.form", "--threshold", "4")["created"] is False


def test_a_choice_may_stand_in_a_file(crowd: Town, tmp_path: Path) -> None:
    file = tmp_path / "choice.json"
    file.write_text(json.dumps({"tables": ["gender,exploitation.form"], "deviation": 7, "variance": 6}))
    said = built("--choice", str(file), "--threshold", "3", period="2012-Q2", audience=AUTHORITY)
    assert said["id"] == "2012-Q2.a1"
    wanted = {"threshold": 3, "deviation": 7, "variance": 6, "most_dimensions": 2}
    assert wanted.items() <= Release.objects.get().settings.items()


@pytest.mark.parametrize("content", [None, "not JSON", "[1]"])
def test_a_choice_file_that_is_none(crowd: Town, tmp_path: Path, content: str | None) -> None:
    file = tmp_path / "choice.json"
    if content is not None:
        file.write_text(content)
    with pytest.raises(CommandError, match=r"choice\.json"):
        built("--choice", str(file))


def test_without_a_choice_what_is_proposed_is_built(crowd: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    few = {name: axis for name, axis in PROTECTED.axes.items() if name in {"gender", "region"}}
    monkeypatch.setitem(PROTECTED.__dict__, "axes", few)
    assert [table["axes"] for table in built()["tables"]] == ["", "region", "gender"]


def test_a_draft_as_lines(crowd: Town) -> None:
    said = run("build", "2012", "--audience", PUBLIC, "--user", "ida", "--as-of", AS_OF, "--table", "gender")
    lines = said.splitlines()
    assert lines[0] == "2012.p1 built; the audit passed"
    assert " ".join(lines[2].split()) == "gender 2 shown 2 hidden 50 % of persons in shown cells, offered"
    assert lines[-1] == "A second staff user has to publish it, in the admin."
    again = run("build", "2012", "--audience", PUBLIC, "--user", "ida", "--as-of", AS_OF, "--table", "gender")
    assert again.startswith("2012.p1 unchanged: the same records and the same choice")


def test_a_draft_that_is_not_safe_ends_in_an_error(crowd: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    without_gate(monkeypatch)
    monkeypatch.setattr(suppression, "suppress", lambda **given: Suppression(frozenset(given["hidden"]), 0, 0))
    out = StringIO()
    with pytest.raises(SystemExit, match="1"):
        call_command(
            "release", "build", "2012", "--audience", PUBLIC, "--as-of", AS_OF, "--table", "gender",
            stdout=out, stderr=StringIO(),
        )  # fmt: skip
    said = out.getvalue()
    assert said.startswith("2012.p1 built; the audit FAILED")
    assert "not safe from cells: 2012.p1;gender=X" in said
    assert "because of 2012.p1;TOTAL" in said or "2012.p1;gender=F" in said
    assert "second staff user" not in said


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["--user", "nobody", "--table", "gender"], "There is no active staff user of this name"),
        (["--user", "ida", "--table", "colour"], "no axis of persons"),
        (["--user", "ida", "--table", "gender", "--threshold", "2"], "from 3 to 100"),
        (["--user", "ida", "--table", "gender,region"], "at most 1 dimension"),
    ],
)
def test_what_is_refused_is_one_sentence(crowd: Town, arguments: list[str], why: str) -> None:
    with pytest.raises(CommandError, match=why):
        run("build", "2012", "--audience", PUBLIC, "--as-of", AS_OF, *arguments)
    assert not Release.objects.exists()


def test_proposals(crowd: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    few = {name: axis for name, axis in PROTECTED.axes.items() if name in {"gender", "citizenship"}}
    monkeypatch.setitem(PROTECTED.__dict__, "axes", few)
    monkeypatch.setattr("stats.publishing.intruders.MOST_FINEST", 4)
    crowd.enter(20, "2012-05", citizenship="NG")
    for country in ("BG", "HU", "PL", "LT"):
        crowd.enter(6, "2012-05", citizenship=country)
    said = read("propose", "2012", "--audience", PUBLIC, "--as-of", AS_OF)
    assert [each["table"] for each in said] == ["gender", "citizenship"]
    assert said[0]["refused"] == ""
    assert {table["axes"] for table in said[0]["tables"]} == {"", "gender"}
    assert said[1] == {"table": "citizenship", "refused": said[1]["refused"]}
    lines = run("propose", "2012", "--audience", PUBLIC, "--as-of", AS_OF).splitlines()
    assert lines[0].split()[:3] == ["gender", "2", "shown"]
    assert "refused: The tables over citizenship have" in lines[1]
    assert not Release.objects.exists()


def test_the_years_that_were_sent_abroad_and_are_not_registered_are_named(
    crowd: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Those of the period and of what overlaps with it; figures of a year are sent in the next one."""
    monkeypatch.setitem(PROTECTED.__dict__, "axes", {"gender": PROTECTED.axes["gender"]})
    crowd.year(2013)
    issue("2012-2013", PUBLIC, ["gender"])
    said = StringIO()
    call_command("release", "propose", "2012", "--audience", PUBLIC, "--as-of", AS_OF, stdout=StringIO(), stderr=said)
    lines = [line.strip() for line in said.getvalue().splitlines() if "not registered" in line]
    assert lines == [
        f"sent to {name} and not registered, so no audit knows it: 2012, 2013" for name in ("GLOTIP", "crim_thb")
    ]
    as_of = datetime(2013, 6, 1, tzinfo=UTC)
    assert proposals.unregistered_years("2012", as_of) == {"GLOTIP": (2012,), "crim_thb": (2012,)}
    assert proposals.unregistered_years("2022-2023")["GLOTIP"] == (2023,)


def test_the_list_says_what_is_a_draft(crowd: Town) -> None:
    crowd.year(2013)
    issue("2012", PUBLIC, ["gender"])
    crowd.enter(12, "2012-05", minutes=70)
    second = build("2012", PUBLIC, ["gender"], as_of=at(90))
    assert CoverageNote.objects.get(pk=second.release.pk).content["expected"] == 0
    listed = {each["id"]: each["state"] for each in read("list")}
    assert listed == {"2012.p1": "published", "2012.p2": "draft"}
    publish(second)
    late = Text("Sene afgørelser manglede.", "Late decisions were missing.")
    approval.withdraw(by=approver(), release_id="2012.p1", replacement="2012.p2", reason=late)
    lines = run("list").splitlines()
    assert [line.split()[0] for line in lines] == ["2012.p1", "2012.p2"]
    assert "public     withdrawn" in lines[0]
    assert "public     published" in lines[1]


def test_a_release_is_shown_without_its_cells(crowd: Town) -> None:
    issue("2012", PUBLIC, ["gender"])
    said = read("show", "2012.p1")
    assert (said["id"], said["audience"], said["settings"]["threshold"]) == ("2012.p1", PUBLIC, 5)
    assert "audience     public" in run("show", "2012.p1")
    with pytest.raises(CommandError, match="no such release"):
        run("show", "2012.p9")


def test_a_release_is_verified(crowd: Town, keys: Path) -> None:  # noqa: F811 (the fixture)
    issue("2012", PUBLIC, ["gender"])
    assert [check["passed"] for check in read("verify", "2012.p1")] == [True] * 8
    (file,) = keys.iterdir()
    file.chmod(0o600)
    file.write_bytes(bytes(32))
    with pytest.raises(SystemExit, match="1"):
        run("verify", "2012.p1")
    file.unlink()
    with pytest.raises(SystemExit, match="2"):
        run("verify", "2012.p1")


def test_a_certificate_is_checked(crowd: Town, tmp_path: Path) -> None:
    issue("2012", PUBLIC, ["gender"])
    file = tmp_path / "certificate.json"
    certificate = Certificate.objects.get().body
    file.write_text(json.dumps(certificate))
    with pytest.raises(SystemExit, match="0"):
        run("verify-public", str(file))
    (block,) = certificate["blocks"]
    next(cell for cell in block["cells"] if cell["value"])["value"] += 1
    file.write_text(json.dumps(certificate))
    with pytest.raises(SystemExit, match="1"):
        run("verify-public", str(file))


NOTES = ("--notes-da", "Nyt.", "--notes-en", "News.")


def test_a_later_vintage_is_built_with_its_change_notes(crowd: Town) -> None:
    issue("2012", PUBLIC, ["gender"])
    crowd.enter(12, "2012-05", minutes=70, gender="M")
    later = ("--audience", PUBLIC, "--user", "ida", "--table", "gender", "--as-of", "2024-06-01T13:30:00+00:00")
    for half in ((), NOTES[:2], NOTES[2:]):
        with pytest.raises(CommandError, match="say in Danish and in English what has changed"):
            run("build", "2012", *later, *half)
    assert "2012.p2 built" in run("build", "2012", *later, *NOTES)
    assert read("show", "2012.p2")["change_notes_da"] == "Nyt."
    assert "change_notes_en News." in run("show", "2012.p2")


def test_of_a_year_that_has_not_ended_the_total_alone_is_built(crowd: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(facts, "facts_of_years", lambda first, last: ())
    crowd.enter(40, "2024-02")
    assert [table["axes"] for table in built(period="2024")["tables"]] == [""]
    more = built("--table", "gender", *NOTES, period="2024")
    assert [table["axes"] for table in more["tables"]] == ["", "gender"]


def test_an_exact_vintage_needs_change_notes_too(crowd: Town) -> None:
    run("build", "2012", "--depth", "1", "--as-of", AS_OF)
    crowd.enter(1, "2012-05", minutes=70)
    later = ("--depth", "1", "--as-of", "2024-06-01T13:30:00+00:00")
    with pytest.raises(CommandError, match="say in Danish and in English"):
        run("build", "2012", *later)
    assert "2012.v2 built" in run("build", "2012", *later, *NOTES)
    assert "unchanged" in run("build", "2012", *later)


def test_changes_are_verified(crowd: Town) -> None:
    issue("2012", PUBLIC, ["gender"])
    crowd.enter(12, "2012-05", minutes=70, gender="M")
    publish(build("2012", PUBLIC, ["gender"], as_of=at(90)))
    assert "ok           the published changes are those of the cells" in run("verify", "2012.p2")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE statistics_publishedchange DISABLE TRIGGER append_only")
        cursor.execute("UPDATE statistics_publishedchange SET change = array_replace(change, 12, 13)")
        cursor.execute("ALTER TABLE statistics_publishedchange ENABLE TRIGGER append_only")
    out = StringIO()
    with pytest.raises(SystemExit):
        call_command("release", "verify", "2012.p2", stdout=out, stderr=StringIO())
    assert "ok           the draft's changes are those of the cells" in out.getvalue()
    assert "FAILED       the published changes are those of the cells" in out.getvalue()
