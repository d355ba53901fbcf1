"""The test vectors of docs/linkage-code.md, computed again from the rule in that document."""

from __future__ import annotations

import hashlib
import hmac
import re
import unicodedata
from pathlib import Path

import pytest
from django.conf import settings

from api.records.examples import LINKAGE_CODE
from cases.duplicates.linkage import CODE

TEXT = (Path(settings.BASE_DIR) / "docs" / "linkage-code.md").read_text()
KEY = bytes.fromhex(re.findall(r"`([0-9a-f]{64})` \(hexadecimal\)", TEXT)[0])
VECTORS = re.findall(r"^\| (.+?) \| (.+?) \| (\d{4}-\d\d-\d\d) \| `(.+?)` \| `([0-9a-f]{64})` \|$", TEXT, re.MULTILINE)
LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "œ": "oe", "ð": "d", "đ": "d", "þ": "th", "ł": "l", "ı": "i"})


def normalised(name: str) -> str:
    folded = unicodedata.normalize("NFC", name).casefold().replace("å", "aa")
    apart = unicodedata.normalize("NFKD", folded).casefold()
    return "".join(each for each in apart if unicodedata.category(each) in {"Ll", "Lo", "Lt", "Lu"}).translate(LETTERS)


def canonical(family: str, given: str, born: str) -> str:
    return "|".join(["henvis-linkage-1", *sorted([normalised(family), normalised(given)]), born])


@pytest.mark.parametrize(("family", "given", "born", "text", "code"), VECTORS)
def test_a_vector_is_what_the_rule_makes(family: str, given: str, born: str, text: str, code: str) -> None:
    assert canonical(family, given, born) == text.replace(r"\|", "|")
    assert hmac.new(KEY, text.replace(r"\|", "|").encode(), hashlib.sha256).hexdigest() == code
    assert CODE.fullmatch(code)


def test_there_are_vectors_and_the_example_of_the_description_is_one() -> None:
    assert len(VECTORS) == 8
    assert VECTORS[0][4] == LINKAGE_CODE
    assert len({vector[4] for vector in VECTORS}) == 6  # two pairs are of one person


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Anne-Marie", "ANNE MARIE"),
        ("Åse Sørensen", "Aase Soerensen"),
        ("Nguyễn", "Nguyen"),
        ("Shevchenko", "Shev\u02bcchenko"),
        ("A\u030ase", "Åse"),
    ],
)
def test_what_is_written_in_two_ways_is_one_name(one: str, other: str) -> None:
    assert normalised(one) == normalised(other)
