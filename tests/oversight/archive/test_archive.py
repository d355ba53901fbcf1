"""What the National Archives take: written, checked by its schemas, received or waived; and nobody goes before."""

from __future__ import annotations

import os
from datetime import date, datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from lxml import etree
from PIL import Image

from cases import dictionary as d
from cases import tokens
from cases.fields import CodeSetField
from cases.linking.decisions import merge
from cases.models import Assessment, Case, Referral
from cases.months import today
from oversight.archive import package
from oversight.retention.models import ArchiveTransfer
from oversight.retention.outlook import outlook
from oversight.retention.persons import expire
from partners.audit import COMMAND
from partners.kinds import Mode
from partners.models import AuditEvent
from tests.callers import Caller, make_caller
from tests.invented import ask_anew
from tests.oversight.archive import schemas
from tests.oversight.rights.restricting import restrict
from tests.stats import records

pytestmark = pytest.mark.django_db
OF = "2015-2016"
SIARD = f"{{{schemas.SPACE}}}"
LATER = date(2199, 1, 1)


@pytest.fixture
def standard(tmp_path: Path) -> Path:
    """The archive's own schemas where they are at hand, and stand-ins elsewhere."""
    if folder := os.environ.get("HENVIS_ARCHIVE_SCHEMAS"):
        return Path(folder)
    return schemas.write(tmp_path / "schemas")


@pytest.fixture
def world(ngo: Caller, immigration: Caller) -> dict[str, Any]:
    """Two persons of 2015, one of two merged cases, with an assessment; one of 2017; and one in test mode."""
    one, two, later = (records.case(ngo.partner) for _ in range(3))
    records.referral(one, ngo.partner, referred_in=date(2015, 3, 1), means_of_control=["THREATS", "FALSE_PROMISES"])
    records.referral(two, ngo.partner, referred_in=date(2016, 3, 1), means_of_control=["_N"])
    records.assessment(one, immigration.partner, outcome="IDENTIFIED", decided_in=date(2016, 5, 1))
    other = records.case(ngo.partner)
    records.referral(other, ngo.partner, referred_in=date(2015, 4, 1), citizenship="_STATELESS")
    records.assessment(other, immigration.partner, outcome="PENDING", decided_in=None)
    records.referral(later, ngo.partner, referred_in=date(2017, 3, 1))
    merge(by=COMMAND, cases=[one.pk, two.pk], reason_code="MATCH")
    test = make_caller("NGO", mode=Mode.TEST).partner
    of_test = Case.objects.create(token="TEST-TOKEN", test=True, opened_at=one.opened_at, opened_by=test)
    records.referral(of_test, test, referred_in=date(2015, 3, 1))
    return {
        "persons": {str(min((one, two), key=lambda each: (each.opened_at, str(each.pk))).pk), str(other.pk)},
        "cases": (one, two, other),
    }


def write(home: Path, standard: Path, years: str = OF, of: str = "AVID.SA.12345") -> Path:
    """Write a package. Returns its folder."""
    call_command(
        "archive", "write", str(home), f"--years={years}", f"--id={of}", f"--schemas={standard}", stdout=StringIO()
    )
    return home / f"{of}.1"


def received(folder: Path) -> None:
    """Enter that the archive has received it."""
    call_command("archive", "receipt", str(folder), "--letter=26/01234", stdout=StringIO())


def contents(folder: Path) -> dict[str, list[dict[str, str | None]]]:
    """Each table by its name: its rows by the names of its columns, read by the index as the archive reads them."""
    found = {}
    for table in etree.parse(folder / "Indices" / "tableIndex.xml").iter(f"{SIARD}table"):
        names = [
            each.findtext(f"{SIARD}name")
            for each in table.iter(f"{SIARD}column")
            if each.find(f"{SIARD}name") is not None
        ]
        place = table.findtext(f"{SIARD}folder")
        rows = etree.parse(folder / "Tables" / place / f"{place}.xml").getroot()
        found[table.findtext(f"{SIARD}name")] = [
            dict(zip(names, [cell.text for cell in row], strict=True)) for row in rows
        ]
        assert table.findtext(f"{SIARD}rows") == str(len(rows))
    return found


def test_every_record_of_the_years_is_in_it_and_no_other(world: dict[str, Any], tmp_path: Path, standard: Path) -> None:
    tables = contents(write(tmp_path, standard))
    assert {row["id"] for row in tables["person"]} == world["persons"]
    of_years = Referral.objects.filter(case__test=False, referred_in__year__in=[2015, 2016])
    assert {row["id"] for row in tables["referral"]} == {str(pk) for pk in of_years.values_list("pk", flat=True)}
    assert {row["id"] for row in tables["assessment"]} == {
        str(pk) for pk in Assessment.objects.values_list("pk", flat=True)
    }
    stored = {str(row.pk): row for row in of_years}
    for row in tables["referral"]:
        model = stored[str(row["id"])]
        assert datetime.fromisoformat(f"{row['recorded_at']}+00:00") == model.recorded_at
        for field in d.REFERRAL[1:]:
            if not isinstance(field, CodeSetField):
                assert row[field.name] == str(getattr(model, field.name))
    of_sets = {(row["referral"], row["code"]) for row in tables["referral_means_of_control"]}
    assert of_sets == {(key, code) for key, row in stored.items() for code in row.means_of_control}


def test_every_reference_leads_to_a_row_and_every_key_tells_rows_apart(
    world: dict[str, Any], tmp_path: Path, standard: Path
) -> None:
    folder = write(tmp_path, standard)
    tables = contents(folder)
    index = etree.parse(folder / "Indices" / "tableIndex.xml")
    seen = 0
    for table in index.iter(f"{SIARD}table"):
        name = table.findtext(f"{SIARD}name")
        key = [each.text for each in table.find(f"{SIARD}primaryKey").iter(f"{SIARD}column")]
        assert len({tuple(row[each] for each in key) for row in tables[name]}) == len(tables[name])
        for foreign in table.iter(f"{SIARD}foreignKey"):
            column, target = foreign.findtext(f".//{SIARD}column"), foreign.findtext(f".//{SIARD}referenced")
            there = {row[target] for row in tables[foreign.findtext(f"{SIARD}referencedTable")]}
            assert {row[column] for row in tables[name]} <= there, (name, column)
            seen += 1
    assert seen > 30


def test_nothing_of_it_tells_a_case_token_a_linkage_code_or_staff(
    world: dict[str, Any], tmp_path: Path, standard: Path
) -> None:
    folder = write(tmp_path, standard)
    text = "".join(path.read_text() for path in folder.rglob("*.xml"))
    assert not [case.token for case in world["cases"] if case.token in text]
    assert folder.stat().st_mode & 0o077 == 0


def test_documents_are_pages_in_black_and_white(world: dict[str, Any], tmp_path: Path, standard: Path) -> None:
    folder = write(tmp_path, standard)
    pictures = sorted(folder.glob("ContextDocumentation/*/*/1.tif"))
    assert len(pictures) == 2
    for path in pictures:
        with Image.open(path) as picture:
            assert (picture.mode, picture.info["compression"]) == ("1", "group4")
            assert picture.n_frames > 1  # type: ignore[attr-defined]


def test_a_schema_that_wants_something_else_refuses_it_and_nothing_is_left(
    world: dict[str, Any], tmp_path: Path
) -> None:
    folder = schemas.write(tmp_path / "others")
    place = folder / "archiveIndex.xsd"
    place.write_text(place.read_text().replace("systemPurpose", "systemAim"))
    with pytest.raises(CommandError, match="not as its schemas say"):
        write(tmp_path, folder)
    (folder / "tableIndex.xsd").unlink()
    with pytest.raises(CommandError, match="lacks tableIndex"):
        write(tmp_path, folder)
    assert not list(tmp_path.glob("AVID*")) and not ArchiveTransfer.objects.exists()


def test_a_restricted_person_invented_records_and_years_that_are_not_over_are_refused(
    ngo: Caller, tmp_path: Path, standard: Path
) -> None:
    for years in (f"2015-{today().year}", "2016-2015"):
        with pytest.raises(CommandError, match="years that are over"):
            write(tmp_path, standard, years)
    case = Case.objects.create(token=tokens.mint(), opened_at=records.START, opened_by=ngo.partner)
    records.referral(case, ngo.partner, referred_in=date(2015, 3, 1))
    restrict(case.token)
    with pytest.raises(CommandError, match="1 persons of these years are restricted"):
        write(tmp_path, standard)
    write(tmp_path, standard, "2016")
    ask_anew()
    with pytest.raises(CommandError, match="invented"):
        write(tmp_path, standard, "2014")


def test_nobody_goes_before_the_archive_has_her_or_wants_nothing(
    world: dict[str, Any], tmp_path: Path, standard: Path
) -> None:
    assert expire(LATER) == 1 and not Case.objects.filter(test=True).exists()  # nothing of a test is archived
    assert "erases nobody" in outlook().en
    folder = write(tmp_path, standard)
    assert expire(LATER) == 0
    received(folder)
    assert "2015–2016" in outlook().en
    assert expire(LATER) == 2
    assert list(Referral.objects.filter(case__test=False).values_list("referred_in__year", flat=True)) == [2017]
    call_command("archive", "waiver", "--years=2017", "--letter=26/01235", stdout=StringIO())
    assert expire(LATER) == 1
    events = dict(AuditEvent.objects.filter(action__startswith="archive.").values_list("action", "detail"))
    assert events == {
        "archive.write": {"years": OF.replace("-", "–")},
        "archive.receive": {"years": OF.replace("-", "–"), "decision": "26/01234"},
        "archive.waive": {"years": "2017", "decision": "26/01235"},
    }


def test_what_came_after_the_package_keeps_the_person(
    world: dict[str, Any], ngo: Caller, tmp_path: Path, standard: Path
) -> None:
    folder = write(tmp_path, standard)
    received(folder)
    records.referral(world["cases"][2], ngo.partner, referred_in=date(2016, 1, 1), recorded_at=timezone.now())
    assert expire(LATER) == 2  # one of them of test mode
    again = write(tmp_path, standard, of="AVID.SA.12346")
    assert (
        etree.parse(again / "Indices" / "archiveIndex.xml").findtext(f"{SIARD}archiveInformationPackageIDPrevious")
        == "AVID.SA.12345"
    )
    received(again)
    assert expire(LATER) == 1


def test_a_package_that_was_changed_is_not_the_one_that_was_written(
    world: dict[str, Any], tmp_path: Path, standard: Path
) -> None:
    folder = write(tmp_path, standard)
    table = folder / "Tables" / "table3" / "table3.xml"
    before = table.read_bytes()
    table.write_bytes(before.replace(b"2015-03-01", b"2015-04-01"))
    with pytest.raises(CommandError, match="does not name the files"):
        received(folder)
    table.write_bytes(before)
    received(folder)
    with pytest.raises(CommandError, match="No such package waits"):
        received(folder)
    with pytest.raises(CommandError):
        write(tmp_path, standard)  # its folder is there


@pytest.mark.parametrize("wrong", ["AVID.SA.0", "avid.sa.1", "../AVID.SA.1"])
def test_an_id_is_the_archives(wrong: str, tmp_path: Path, standard: Path) -> None:
    with pytest.raises(CommandError, match="is written as AVID"):
        write(tmp_path, standard, of=wrong)


def test_a_cell_that_its_schema_does_not_allow_is_found(world: dict[str, Any], tmp_path: Path, standard: Path) -> None:
    folder = write(tmp_path, standard)
    table = folder / "Tables" / "table3" / "table3.xml"
    table.write_bytes(table.read_bytes().replace(b"2015-03-01", b"in March"))
    with pytest.raises(package.PackageRefused, match="not as its schemas say"):
        package.check(folder)


def test_a_package_holds_for_its_years_whatever_comes_of_others(
    world: dict[str, Any], ngo: Caller, tmp_path: Path, standard: Path
) -> None:
    """What was written of 2017 after the package of 2015 and 2016 needs a package of 2017, and no second one of those."""
    received(write(tmp_path, standard))
    records.referral(world["cases"][2], ngo.partner, referred_in=date(2017, 1, 1), recorded_at=timezone.now())
    assert expire(LATER) == 2
    received(write(tmp_path, standard, "2017", of="AVID.SA.12346"))
    assert expire(LATER) == 2


def test_an_assessment_without_a_month_that_came_later_keeps_the_person(
    world: dict[str, Any], immigration: Caller, tmp_path: Path, standard: Path
) -> None:
    folder = write(tmp_path, standard)
    of_one = {"outcome": "PENDING", "decided_in": None, "recorded_at": timezone.now()}
    records.assessment(world["cases"][0], make_caller("IMMIGRATION").partner, **of_one)
    received(folder)
    assert expire(LATER) == 2
