"""Lists say what they are a function of: the same releases, query and version have the same tag, and no others."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest

from stats.models import AUTHORITY, PUBLIC
from tests.api.open_figures import INDEX, RELEASES, TABLES, get
from tests.callers import Caller
from tests.conftest import forget_published
from tests.stats.published import publish, withdraw

pytestmark = pytest.mark.django_db
OF_RELEASE = (f"{RELEASES}/2023.p1/certificate", f"{RELEASES}/2023.p1/citation", f"{INDEX}/persons?year=2023")
LISTS = (INDEX, RELEASES, f"{RELEASES}?asOf=2999-01-01", f"{RELEASES}/2023.p1")


@pytest.mark.parametrize("path", [*LISTS, "/api/v1/codelists"])
def test_a_list_that_has_not_changed_is_304(path: str) -> None:
    publish(PUBLIC, "2023", TABLES)
    first = get(path)
    tag = first.headers["ETag"]
    assert first.status_code == 200 and tag.startswith('"')
    for known in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        again = get(path, If_None_Match=known)
        assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", tag)
        assert again.headers["Cache-Control"] == first.headers["Cache-Control"]
    assert get(path, If_None_Match='"other"').content == first.content


def test_the_tag_is_of_what_may_be_read_and_of_nothing_else(police: Caller) -> None:
    seen: list[tuple[str, ...]] = []

    def tags(caller: Caller | None = None) -> tuple[str, ...]:
        found = (caller.get(path) if caller else get(path, Accept_Language="da") for path in LISTS)
        return tuple(response.headers["ETag"] for response in found)

    first = publish(PUBLIC, "2023", TABLES)
    seen.append(tags())
    assert tags(police) == seen[0], "the authority may read no more yet"
    publish(AUTHORITY, "2023", TABLES)
    assert tags() == seen[0]
    seen.append(tags(police))
    second = publish(PUBLIC, "2023", {**TABLES, "region": {"DK01": 9}}, 2)
    seen.append(tags())
    withdraw(first, second)
    seen.append(tags())
    for before, after in pairwise(seen):
        assert set(before[:2]).isdisjoint(after[:2])
    assert seen[2][3] == seen[0][3] != seen[3][3], "a release has the tag that it had until something is said of it"


@pytest.mark.parametrize("path", [*LISTS, *OF_RELEASE])
def test_another_version_of_the_program_has_another_tag(path: str, settings: Any) -> None:
    """It may say the same otherwise; a client that kept the old answer would be told for ever that it has it."""
    publish(PUBLIC, "2023", TABLES)
    tag = get(path).headers["ETag"]
    forget_published()  # a process keeps the version that it began with
    settings.HENVIS_VERSION = "999.0.0"
    assert get(path, If_None_Match=tag).status_code == 200
