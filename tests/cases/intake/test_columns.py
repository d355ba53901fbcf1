"""Headers: ours in words or codes, the partner's own once it has said what they are, and a clear word about any other."""

from __future__ import annotations

import pytest

from cases.intake.additions import ERRORS
from cases.intake.findings import FileRefused, Finding
from cases.intake.templates.columns import COLUMNS
from cases.intake.understanding.columns import Columns
from cases.intake.understanding.headers import MEMBERS, REQUIRED
from cases.intake.understanding.mapping import MappingContent
from cases.intake.understanding.sources import SourceRow, column_letter
from tests.cases.intake.reading_cells import column_findings, row

LABELS = [column.label for column in COLUMNS]


@pytest.mark.parametrize(
    "header",
    [
        MEMBERS,
        [label.da for label in LABELS],
        [label.en for label in LABELS],
        [f"  {label.da.upper()} * " for label in LABELS],
        [f"*{label.en.lower()}:" for label in LABELS],
        [name.replace("_", " ").title() for name in MEMBERS],
        [label.da.replace("ø", "oe").replace(" ", "\u00a0") for label in LABELS],
        REQUIRED,
    ],
)
def test_every_way_to_call_our_columns(header: list[str]) -> None:
    columns = Columns.of(header)
    assert tuple(columns.names.values()) in {MEMBERS, REQUIRED}
    assert columns.questions == ()


def test_columns_may_stand_in_any_order() -> None:
    columns = Columns.of(MEMBERS[::-1])
    cells = tuple("2025-03" if name == "referred_in" else None for name in MEMBERS[::-1])
    assert columns.members(SourceRow(0, 2, cells))[0] == {"referred_in": "2025-03"}


def test_what_is_wrong_with_columns_is_told_at_once_and_by_their_places() -> None:
    missing = [name for name in MEMBERS if name not in {"gender", "duration"}]
    findings = column_findings([*missing, "Region", "Initialer på sagsbehandler"])
    assert [(each.rule, each.column, each.field) for each in findings] == [
        ("column_repeated", len(missing), "region"),
        ("column_unknown", len(missing) + 1, None),
        ("column_missing", None, "gender"),
    ]
    assert set(findings[1].allowed) == set(MEMBERS)
    assert "nitialer" not in repr(findings)


def test_two_headers_that_mean_one_field_are_a_repetition() -> None:
    assert column_findings([*MEMBERS, "Køn"]) == [Finding("column_repeated", field="gender", column=len(MEMBERS))]


def test_an_unknown_column_gets_the_nearest_names_first() -> None:
    [finding] = [each for each in column_findings([*MEMBERS, "Regionen for mødet"]) if each.rule == "column_unknown"]
    assert finding.suggestion in {None, "region"}
    [finding] = column_findings([*MEMBERS, "Opholdsgrundlaget i dag"])
    assert (finding.suggestion, finding.allowed[0]) == ("residence_basis", "residence_basis")


OWN_KEYS = """
ID / id / Sagsnr / sagsnr. / Sags-nr. / Sagsnummer / Journal nr / own key / Vores nummer / Eget id / Klient-ID / nr. / Løbenr.
/ Internal record number / Vores egen nøgle / Our reference
"""


@pytest.mark.parametrize("header", [each.strip() for each in OWN_KEYS.split("/")])
def test_a_key_of_the_partner_is_refused_with_its_own_words(header: str) -> None:
    assert column_findings([*MEMBERS, header]) == [Finding("own_key_column", column=len(MEMBERS))]


@pytest.mark.parametrize("header", ["reference", "Reference *", "Case token", "Sagskode"])
def test_our_reference_and_token_are_no_keys_of_the_partner(header: str) -> None:
    assert "own_key_column" not in {each.rule for each in column_findings([*MEMBERS, header])}


def test_a_misspelt_header_is_guessed_and_asked_about() -> None:
    header = ["Opholdsgrundlg" if name == "residence_basis" else name for name in MEMBERS]
    columns = Columns.of(header, line=3)
    column = MEMBERS.index("residence_basis")
    [question] = columns.questions
    assert (question.kind, question.column, question.line, question.guess) == ("column", column, 3, "residence_basis")
    assert "grundlg" not in repr(question)
    assert columns.members(row({"residence_basis": "Asylansøger"}))[0] == {"residence_basis": "ASYLUM_SEEKER"}


def test_a_misspelt_header_of_a_column_that_is_there_is_not_guessed() -> None:
    assert [each.rule for each in column_findings([*MEMBERS, "Opholdsgrundlg"])] == ["column_unknown"]
    both = ["Opholdsgrundlg" if name == "residence_basis" else name for name in MEMBERS]
    assert [each.rule for each in column_findings([*both, "Opholdsgrndlag"])] == ["column_unknown"] * 2 + [
        "column_missing"
    ]


def test_the_answer_is_remembered_in_any_spelling() -> None:
    header = ["LANDSDEL  *" if name == "region" else name for name in MEMBERS]
    with pytest.raises(FileRefused):
        Columns.of(header)
    columns = Columns.of(header, MappingContent(columns={"Landsdel": "region"}))
    assert columns.questions == ()
    assert columns.members(row({"region": "DK01"}))[0] == {"region": "DK01"}


def test_an_own_key_that_is_mapped_to_the_reference_is_read_as_one() -> None:
    """The client makes references and may leave the column its name."""
    header = ["Vores nummer" if name == "reference" else name for name in MEMBERS]
    columns = Columns.of(header, MappingContent(columns={"Vores nummer": "reference"}))
    assert columns.names[0] == "reference"


def test_the_column_of_error_files_is_left_out() -> None:
    columns = Columns.of([ERRORS.da, *MEMBERS, ERRORS.en.upper()])
    members, findings = columns.members(SourceRow(0, 2, ("Forkert", "C0FFEE00000040008000000000000001", *(None,) * 25)))
    assert members == {"reference": "c0ffee00-0000-4000-8000-000000000001"}
    assert findings == ()


def test_a_cell_below_no_header_is_told() -> None:
    columns = Columns.of([*MEMBERS, "", ""])
    cells = tuple("DK01" if name == "region" else None for name in MEMBERS)
    assert columns.members(SourceRow(0, 2, (*cells, " ", "x")))[1] == (
        Finding("cell_without_column", column=len(MEMBERS) + 1),
    )


def test_a_finding_on_a_cell_gets_its_field_and_one_on_a_row_leaves_no_members() -> None:
    columns = Columns.of(MEMBERS)
    at = MEMBERS.index("region")
    cells = row({"gender": "F"}).cells
    members, findings = columns.members(SourceRow(0, 2, cells, (Finding("cell_error", column=at),)))
    assert (members, findings) == ({"gender": "F"}, (Finding("cell_error", field="region", column=at),))
    assert columns.members(SourceRow(0, 2, cells, (Finding("row_ragged"),))) == ({}, (Finding("row_ragged"),))


def test_a_cell_with_a_finding_is_not_read_and_nothing_is_asked_about_it() -> None:
    columns = Columns.of(MEMBERS)
    for line in (2, 3):
        cells = row({"region": "Landsdel A", "gender": "F"}, line)
        fault = Finding("cell_error", column=MEMBERS.index("region"))
        assert columns.members(SourceRow(0, line, cells.cells, (fault,)))[0] == {"gender": "F"}
    assert columns.questions == ()


@pytest.mark.parametrize(
    ("column", "letter"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA"), (16383, "XFD")]
)
def test_columns_have_the_letters_of_a_spreadsheet(column: int, letter: str) -> None:
    assert column_letter(column) == letter
