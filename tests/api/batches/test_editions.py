"""Letters of industries: what a file says of their edition is followed, and where it matters and is not said, it is asked once."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.http import HttpResponse
from openpyxl import Workbook, load_workbook

from api.batches.uploads import ODS, XLSX
from cases.dictionary import EXPLOITATION_DETAIL
from cases.models import Referral
from tests.api.asserts import LIST, body
from tests.api.batches.sending import (
    CSV,
    FORMS,
    MAPPING,
    MULTIPART,
    PUBLIC,
    as_csv,
    file_part,
    part,
    parts,
    post,
    row,
    rules,
    send,
    table,
    whole,
)
from tests.callers import Caller, referral

pytestmark = pytest.mark.django_db
DETAIL = EXPLOITATION_DETAIL.name
TABLES = pytest.mark.parametrize("media_type", [CSV, XLSX, ODS])
# By the tables of the two editions: what each letter of DB25 was in DB07. T has its own test.
MOVED = dict(zip("JKLMNOPQRSU", "JJKLMNOPQRT", strict=True))
NAMES = [
    f"{DETAIL} (DB25)",
    f"{DETAIL}_db25",
    "Udnyttelsens nærmere art, DB25",
    "Detail of the exploitation (NACE Rev. 2.1)",
]


@pytest.fixture(autouse=True)
def place(settings: Any, tmp_path: Path) -> None:
    """The spool of a test."""
    settings.HENVIS_SPOOL = tmp_path / "spool"


def labour(*texts: str, name: str = DETAIL) -> list[dict[str, object]]:
    """A row of forced labour for each text, in a column of this name."""
    made = [row(exploitation="LABOUR", **{DETAIL: text}) for text in texts]
    return [{(name if each == DETAIL else each): value for each, value in one.items()} for one in made]


def stored(caller: Caller, rows: list[dict[str, object]]) -> list[str]:
    """The codes that are stored of rows."""
    return [body(caller.get(f"{LIST}/{each['reference']}"))[DETAIL] for each in rows]


def tell(caller: Caller, rows: list[dict[str, object]], media_type: str, **mapping: object) -> HttpResponse:
    """Send rows in a file, with a mapping beside it."""
    raw = parts(file_part(FORMS[media_type](rows), media_type), part("mapping", json.dumps(mapping).encode()))
    return post(caller, raw, MULTIPART)


def codes(letters: str) -> list[str]:
    """Our codes of letters."""
    return [f"LABOUR_{letter}" for letter in letters]


@TABLES
def test_letters_that_are_the_same_in_both_editions_ask_nothing(ngo: Caller, media_type: str) -> None:
    rows = labour(*"ABCDEFGHI", "j", "J", "c.", "LABOUR_K", "LABOUR_T")
    batch = whole(send(ngo, rows, media_type))
    assert (batch["questions"], batch["state"]) == ([], "done")
    assert stored(ngo, rows) == codes("ABCDEFGHIJJCKT")


@TABLES
@pytest.mark.parametrize("name", NAMES)
def test_a_column_that_says_db25_is_mapped(ngo: Caller, media_type: str, name: str) -> None:
    rows = labour(*"AI", *MOVED, name=name)
    batch = whole(send(ngo, rows, media_type))
    assert (batch["questions"], batch["state"]) == ([], "done")
    assert stored(ngo, rows) == codes("AI" + "".join(MOVED.values()))


@pytest.mark.parametrize(
    "name", [f"{DETAIL} DB07", "Udnyttelsens nærmere art (Dansk Branchekode 2007)", f"{DETAIL}, NACE rev. 2"]
)
def test_a_column_that_says_db07_has_our_letters(ngo: Caller, name: str) -> None:
    rows = labour(*"AJKLMNOPQRST", name=name)
    assert whole(send(ngo, rows, CSV))["state"] == "done"
    assert stored(ngo, rows) == codes("AJKLMNOPQRST")


def workbook(rows: list[dict[str, object]], *, sheet: str = "Ark1", above: str = "") -> bytes:
    """A workbook with a name for its sheet, and a line above its header."""
    book, out = Workbook(), io.BytesIO()
    book.active.title = sheet
    for each in ([[above]] if above else []) + table(rows):
        book.active.append(each)
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    "around", [{"sheet": "DB25"}, {"sheet": "NACE 2.1"}, {"above": "Brancher efter Dansk Branchekode 2025"}]
)
def test_a_sheet_or_a_title_says_it_too_and_the_header_goes_first(ngo: Caller, around: dict[str, str]) -> None:
    rows = labour("K", "L")
    assert whole(post(ngo, workbook(rows, **around), XLSX))["state"] == "done"
    assert stored(ngo, rows) == codes("JK")
    own = labour("K", "L", name=f"{DETAIL} (DB07)")
    assert whole(post(ngo, workbook(own, **around), XLSX))["state"] == "done"
    assert stored(ngo, own) == codes("KL")


@TABLES
@pytest.mark.parametrize(("edition", "expected"), [("DB07", "KTSA"), ("DB25", "JTRA")])
def test_where_nothing_says_it_it_is_asked_once(ngo: Caller, media_type: str, edition: str, expected: str) -> None:
    rows = labour("K", {"DB07": "T", "DB25": "U"}[edition], "S", "A")
    batch = whole(send(ngo, rows, media_type))
    [question] = batch["questions"]
    assert (question["kind"], question["field"], question["line"]) == ("edition", DETAIL, 2)
    assert (question["guess"], question["options"]) == (None, ["DB07", "DB25"])
    assert rules(batch) == [["edition_unknown"]] * 3 + [[]] and not Referral.objects.exists()
    assert "waits for the answer" in batch["results"][0]["findings"][0]["detail"]
    whole(tell(ngo, rows, media_type, editions={DETAIL: edition}))
    assert stored(ngo, rows) == codes(expected)
    assert body(ngo.get(MAPPING))["editions"] == {DETAIL: edition}
    again = labour("K")
    assert whole(send(ngo, again, media_type))["questions"] == []
    assert stored(ngo, again) == codes(expected[0])
    assert rules(whole(send(ngo, labour("T"), media_type))) == ([[]] if edition == "DB07" else [["code_of_several"]])


def test_what_a_file_says_goes_before_what_was_answered_and_before_own_words(ngo: Caller) -> None:
    rows = labour("K")
    mapping = {"editions": {DETAIL: "DB07"}, "values": {DETAIL: {"L": "LABOUR_CLEANING"}}}
    whole(tell(ngo, rows, CSV, **mapping))
    assert stored(ngo, rows) == codes("K")
    own, other = labour("L", "K"), labour("L", "K", "L (DB07)", name=f"{DETAIL} (DB25)")
    assert whole(send(ngo, own, CSV))["state"] == whole(send(ngo, other, CSV))["state"] == "done"
    assert stored(ngo, own) == ["LABOUR_CLEANING", "LABOUR_K"]
    assert stored(ngo, other) == codes("KJL")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("K - Pengeinstitut- og finansvirksomhed, forsikring", "LABOUR_K"),
        ("L Financial and insurance activities", "LABOUR_K"),
        ("Pengeinstitut- og finansvirksomhed, forsikring", "LABOUR_K"),
        ("Undervisning (DB07: P)", "LABOUR_P"),
        ("Education (NACE Rev. 2: P)", "LABOUR_P"),
        ("Q (DB25)", "LABOUR_P"),
        ("NACE 2.1: Q", "LABOUR_P"),
    ],
)
def test_words_and_editions_in_a_cell_ask_nothing(ngo: Caller, text: str, code: str) -> None:
    rows = labour(text)
    assert whole(send(ngo, rows, CSV))["questions"] == []
    assert stored(ngo, rows) == [code]


@pytest.mark.parametrize("text", ["A - Financial and insurance activities", "V", "U (DB07)"])
def test_what_is_no_industry_of_ours_is_no_code(ngo: Caller, text: str) -> None:
    for answer in (send(ngo, labour(text), CSV), post(None, as_csv(labour(text)), CSV, PUBLIC)):
        batch = whole(answer)
        assert (batch["questions"], rules(batch)) == ([], [["code_unknown"]])


@pytest.mark.parametrize(
    ("text", "options"),
    [
        ("T", "SG"),
        ("Andre serviceydelser", "SG"),
        ("LABOUR_K", "KJ"),
        ("LABOUR_T", "TSG"),
    ],
)
def test_what_db25_took_from_two_industries_is_chosen_in_its_row(ngo: Caller, text: str, options: str) -> None:
    """A garage and a car wash were in G. A code of ours in a column of DB25 may have been made of a letter."""
    batch = whole(send(ngo, labour(text, text, name=f"{DETAIL} (DB25)"), CSV))
    assert (batch["questions"], rules(batch)) == ([], [["code_of_several"]] * 2)
    finding = batch["results"][0]["findings"][0]
    assert (finding["allowed"], finding["suggestion"]) == (codes(options), None)
    assert all(code in finding["detail"] for code in codes(options))
    mended = labour("Andre serviceydelser (DB07: S)", "Education (NACE Rev. 2: P)", name=f"{DETAIL} (DB25)")
    assert whole(send(ngo, mended, CSV))["state"] == "done"
    assert stored(ngo, mended) == codes("SP")


def test_codes_of_programs_are_those_of_the_list(ngo: Caller) -> None:
    rows = labour("LABOUR_T", "LABOUR_K")
    mapping = {"editions": {DETAIL: "DB25"}}
    assert whole(tell(ngo, rows, CSV, **mapping))["state"] == "done"
    assert stored(ngo, rows) == codes("TK")
    letter = whole(send(ngo, labour("K")))
    assert (letter["questions"], rules(letter)) == ([], [["edition_unknown"]])


def test_an_error_file_says_the_edition_that_only_the_sheet_said(ngo: Caller) -> None:
    rows = [*labour("K"), {**labour("L")[0], "gender": "WOMAN"}]
    batch = whole(post(ngo, workbook(rows, sheet="DB25"), XLSX, "/api/v1/batches?dry_run=true"))
    errors = ngo.get(f"/api/v1/batches/{batch['id']}/errors.xlsx")
    heads = [cell.value for line in load_workbook(io.BytesIO(errors.getvalue())).active for cell in line]
    assert f"{DETAIL} (DB25)" in heads


@pytest.mark.parametrize("name", ["Branche (DB25)", "NACE Rev. 2.1", "DB25 nr."])
def test_a_header_that_names_an_edition_is_asked_about_as_the_column_of_industries(ngo: Caller, name: str) -> None:
    rows = labour("K", name=name)
    [question] = whole(send(ngo, rows, CSV))["questions"]
    assert (question["kind"], question["guess"]) == ("column", DETAIL)
    assert whole(tell(ngo, rows, CSV, columns={name: DETAIL}))["state"] == "done"
    assert stored(ngo, rows) == codes("J")


@TABLES
@pytest.mark.parametrize("text", ["Region Østdanmark", "Østdanmark", "region of eastern denmark", "OESTDANMARK"])
def test_region_oestdanmark_is_two_areas_and_the_row_says_which_they_are(
    ngo: Caller, media_type: str, text: str
) -> None:
    batch = whole(send(ngo, [row(region=text), row(region=text)], media_type))
    assert (batch["questions"], rules(batch)) == ([], [["code_of_several"]] * 2)
    finding = batch["results"][0]["findings"][0]
    assert (finding["allowed"], finding["suggestion"]) == (["DK01", "DK02"], None)
    assert "(DK01) or " in finding["detail"]


def test_a_program_is_told_the_same_of_region_oestdanmark(ngo: Caller) -> None:
    answer = ngo.put(f"{LIST}/{uuid4()}", referral(region="OESTDANMARK"))
    [error] = body(answer, 400)["errors"]
    assert (error["code"], error["allowed"]) == ("code_of_several", ["DK01", "DK02"])


@pytest.mark.parametrize("name", [DETAIL, f"{DETAIL} (DB07)"])
def test_a_letter_that_a_known_edition_gives_no_code_waits_for_nothing(ngo: Caller, name: str) -> None:
    """U of DB07 is embassies, which have no code here."""
    whole(tell(ngo, labour("K"), CSV, editions={DETAIL: "DB07"}))
    assert rules(whole(send(ngo, labour("U", name=name), CSV))) == [["code_unknown"]]


def test_a_program_that_sends_such_a_letter_is_told_to_write_a_code(ngo: Caller) -> None:
    answer = ngo.put(f"{LIST}/{uuid4()}", referral(exploitation="LABOUR", exploitation_detail="K"))
    [error] = body(answer, 400)["errors"]
    assert error["code"] == "edition_unknown" and "write a code" in error["detail"]


def test_a_misspelling_of_region_oestdanmark_is_not_taken_for_syddanmark(ngo: Caller) -> None:
    batch = whole(send(ngo, [row(region="Region Østdanmrk")], CSV))
    assert batch["results"][0]["findings"][0]["suggestion"] is None
