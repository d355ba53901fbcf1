"""Which edition of NACE a text names, in the ways in which people and programs write it."""

from __future__ import annotations

import pytest

from cases.codelists import EXPLOITATION_DETAIL
from cases.intake.understanding.industries import CODES, NaceEdition, edition_in, without_edition
from cases.intake.understanding.texts import fold


@pytest.mark.parametrize(
    ("text", "edition"),
    [
        ("DB07", NaceEdition.DB07),
        ("Branche (DB 07)", NaceEdition.DB07),
        ("branche_db07", NaceEdition.DB07),
        ("Dansk Branchekode 2007", NaceEdition.DB07),
        ("NACE Rev. 2", NaceEdition.DB07),
        ("NACE rev.2, section", NaceEdition.DB07),
        ("nace_rev2", NaceEdition.DB07),
        ("DB25", NaceEdition.DB25),
        ("DB-2025: branche", NaceEdition.DB25),
        ("branche_db25", NaceEdition.DB25),
        ("Branchekoder 2025", NaceEdition.DB25),
        ("Dansk Branchekode (2025)", NaceEdition.DB25),
        ("NACE 2.1", NaceEdition.DB25),
        ("NACE Rév. 2,1", NaceEdition.DB25),
        ("nace_2_1", NaceEdition.DB25),
        ("DB07 eller DB25", None),
        ("NACE", None),
        ("NACE Rev. 1.1", None),
        ("NACE 2026", None),
        ("Branche 2025", None),
        ("DB251", None),
    ],
)
def test_an_edition_is_known_however_it_is_written(text: str, edition: NaceEdition | None) -> None:
    assert edition_in(text) == edition


@pytest.mark.parametrize(
    "text", ["Branche (DB25)", "branche_db07", "DB25: Branche", "Branche, NACE Rev. 2.1", "Branche - DB07"]
)
def test_a_name_stays_without_its_edition(text: str) -> None:
    assert without_edition(fold(text)) == "branche"
    assert without_edition("db25") == "db25"


def test_every_letter_of_ours_is_a_code_and_every_code_of_a_section_has_one() -> None:
    sections = {each.code for each in EXPLOITATION_DETAIL.codes if len(each.code) == len("LABOUR_A")}
    assert {*CODES[NaceEdition.DB07].values()} == sections
    assert {*CODES[NaceEdition.DB25].values()} <= sections
