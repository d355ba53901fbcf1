"""Linkage codes as docs/linkage-code.md has them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings

from henvis_client import UsageError, linkage_code
from henvis_client.linkage import canonical, key_of_text, new_key

TEXT = (Path(settings.BASE_DIR) / "docs/linkage-code.md").read_text()
KEY = key_of_text(re.findall(r"`([0-9a-f]{64})` \(hexadecimal\)", TEXT)[0])
VECTORS = re.findall(r"^\| (.+?) \| (.+?) \| (\d{4}-\d\d-\d\d) \| `(.+?)` \| `([0-9a-f]{64})` \|$", TEXT, re.MULTILINE)


@pytest.mark.parametrize(("family", "names", "born", "text", "code"), VECTORS)
def test_a_vector_is_what_the_client_makes(family: str, names: str, born: str, text: str, code: str) -> None:
    assert canonical(family, names, born) == text.replace(r"\|", "|")
    assert linkage_code(KEY, family, names, born) == code


def test_there_are_vectors() -> None:
    assert len(VECTORS) == 8


@pytest.mark.parametrize(
    ("family", "names", "born", "code"),
    [
        ("", "Anna", "1990-01-01", "linkage_name"),
        ("Шевченко", "Anna", "1990-01-01", "linkage_name"),
        ("Jensen", "--", "1990-01-01", "linkage_name"),
        ("Jensen", "Anna", "1990-01", "linkage_date"),
        ("Jensen", "Anna", "19900101", "linkage_date"),
        ("Jensen", "Anna", "1990-02-30", "linkage_date"),
        ("Jensen", "Anna", "", "linkage_date"),
    ],
)
def test_what_is_not_known_makes_no_code(family: str, names: str, born: str, code: str) -> None:
    with pytest.raises(UsageError) as caught:
        linkage_code(KEY, family, names, born)
    assert caught.value.code == code
    assert caught.value.sentence("da") != caught.value.sentence("en")
    assert family == "" or family not in str(caught.value)


def test_a_key_is_64_hexadecimal_digits() -> None:
    assert len(key_of_text(f" {new_key()}\n")) == 32
    for text in ("", "00", "g" * 64, "0" * 65):
        with pytest.raises(UsageError):
            key_of_text(text)
    with pytest.raises(UsageError):
        linkage_code(b"short", "A", "B", "1990-01-01")
