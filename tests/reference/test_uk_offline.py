"""The alias table and the comparison, without a database: the records, counted in Python, are the published cells."""

from collections import Counter

import pytest

from . import uk_aliases, uk_nrm
from .uk_aliases import TOTAL, UnmappedLabelError
from .uk_nrm import Cell

needs_data = pytest.mark.skipif(bool(uk_nrm.missing_reason()), reason=uk_nrm.missing_reason())
NOT_A_NATIONALITY = ["", "Congolese", "Korean", "Atlantean", "Albanian Atlantean", "Unknown Atlantean", "Total"]
NOT_A_FORM = ["", "Total", "Sexual & Begging", "Sexual & Not specified or unknown", "Sexual, Sexual"]


@pytest.mark.parametrize(
    ("label", "codes", "primary"),
    [
        ("Albanian", ("AL",), "AL"),
        ("Albanian Unknown", ("AL", "_U"), "AL"),
        ("Unknown Vietnamese", ("_U", "VN"), "VN"),
        ("Unknown", ("_U",), "_U"),
        ("Stateless", ("_STATELESS",), "_STATELESS"),
        ("Unknown Stateless", ("_U", "_STATELESS"), "_STATELESS"),
        ("Stateless UK", ("_STATELESS", "GB"), "GB"),
        ("Russian UKrainian", ("RU", "UA"), "RU"),
        ("Congolese (Drc) UK", ("CD", "GB"), "CD"),
        ("Congolese Congo Rwandan", ("CG", "RW"), "CG"),
        ("Citizen of Guinea-Bissau Sudanese", ("GW", "SD"), "GW"),
        ("Citizen of Guinea Bissau", ("GW",), "GW"),
        ("Sudanese South Sudanese", ("SD", "SS"), "SD"),
        ("South Sudanese South African", ("SS", "ZA"), "SS"),
        ("Papua New Guinean Equatorial Guinean", ("PG", "GQ"), "PG"),
        ("British Virgin Islander Citizen of the Dominican Republic", ("VG", "DO"), "VG"),
        ("Dominican", ("DM",), "DM"),
    ],
)
def test_nationality(label: str, codes: tuple[str, ...], primary: str) -> None:
    assert uk_aliases.citizenships(label) == codes
    assert uk_aliases.citizenship(label) == primary


@pytest.mark.parametrize("label", NOT_A_NATIONALITY)
def test_nationality_that_is_not_understood_is_an_error(label: str) -> None:
    with pytest.raises(UnmappedLabelError):
        uk_aliases.citizenship(label)


@pytest.mark.parametrize(
    ("label", "primary", "others"),
    [
        ("Criminal", "CRIMINAL", ()),
        ("Labour & Criminal", "LABOUR", ("CRIMINAL",)),
        ("Labour, Domestic, Organ Harvesting", "LABOUR", ("DOMESTIC", "ORGAN")),
        ("Sexual, Labour, Organ Harvesting & Criminal", "SEXUAL", ("CRIMINAL", "LABOUR", "ORGAN")),
        ("Domestic & Criminal", "DOMESTIC", ("CRIMINAL",)),
        ("Criminal & Domestic", "DOMESTIC", ("CRIMINAL",)),
        ("Not specified or unknown", "_U", ()),
    ],
)
def test_exploitation(label: str, primary: str, others: tuple[str, ...]) -> None:
    assert uk_aliases.exploitation(label) == (primary, others)


@pytest.mark.parametrize("label", NOT_A_FORM)
def test_exploitation_that_is_not_understood_is_an_error(label: str) -> None:
    with pytest.raises(UnmappedLabelError):
        uk_aliases.exploitation(label)


def test_a_cell_that_only_one_side_has_is_a_difference() -> None:
    def cell(citizenship: str) -> Cell:
        return Cell("2023-Q1", "NGO", TOTAL, TOTAL, TOTAL, TOTAL, citizenship)

    found = uk_nrm.compare({cell("AL"): 1, cell("VN"): 2}, {cell("AL"): 1, cell("GB"): 3})
    assert found.compared == 3
    assert found.differences == ((cell("GB"), 0, 3), (cell("VN"), 2, 0))


def _splits(words: tuple[str, ...]) -> int:
    """In how many ways the words can be cut into known demonyms."""
    if not words:
        return 1
    lengths = range(1, min(len(words), uk_aliases.LONGEST_DEMONYM) + 1)
    return sum(_splits(words[n:]) for n in lengths if words[:n] in uk_aliases.DEMONYM_CODES)


@pytest.mark.reference
@needs_data
def test_every_label_is_understood_in_one_way() -> None:
    both = (uk_nrm.RECORDS, uk_nrm.PUBLISHED)
    labels = {row["Nationality"] for path in both for row in uk_nrm.file_rows(path)} - {"Total"}
    assert len(labels) == 480
    assert {label for label in labels if _splits(uk_aliases.words(label)) != 1} == set()
    unknown = {label for label in labels if uk_aliases.citizenship(label) == "_U"}
    assert unknown == {"Unknown"}


@pytest.mark.reference
@needs_data
def test_published_tables_agree_with_each_other() -> None:
    tables = uk_nrm.published()
    assert tables.rows == 27_034
    by_responder = uk_nrm.expected_by_responder(tables)
    assert uk_nrm.compare(by_responder, tables.by_responder).differences == ()
    derived = uk_nrm.over_responders(by_responder)
    with_leaves = Counter({cell: n for cell, n in tables.by_kind.items() if cell.kind != "POLICE"})
    assert uk_nrm.compare(derived, with_leaves).differences == ()


@pytest.mark.reference
@needs_data
def test_records_are_the_published_cells(capsys: pytest.CaptureFixture[str]) -> None:
    rows, tables = uk_nrm.records(), uk_nrm.published()
    assert len(rows) == 30_197
    assert len({(record.leaf.kind, record.responder) for record in rows}) == 68
    ours = uk_nrm.recorded(rows)
    per_responder = {cell: n for cell, n in ours.items() if cell.responder != TOTAL}
    per_kind = {cell: n for cell, n in ours.items() if cell.responder == TOTAL}
    by_responder = uk_nrm.compare(per_responder, uk_nrm.expected_by_responder(tables))
    by_kind = uk_nrm.compare(per_kind, uk_nrm.expected(tables))
    assert by_responder.differences == ()
    assert by_kind.differences == ()
    assert {cell.kind for cell in by_kind.incomparable} == {TOTAL, "POLICE"}
    assert {cell.kind for cell in by_responder.incomparable} == {"POLICE"}
    with capsys.disabled():
        print(f"\nUK records, counted in Python: {len(rows):,} rows, {tables.rows:,} published cells, 0 differences in")
        print(f"{by_kind.compared:,} cells by kind and {by_responder.compared:,} cells by first responder")
