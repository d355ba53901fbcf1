"""What a public release of ours once hid is told by no figure that we compute from those of others."""

from __future__ import annotations

from typing import Any

import pytest

from stats.models import PUBLIC, Release
from tests.api import json_stat
from tests.api.asserts import body
from tests.api.open_figures import table
from tests.stats.published import publish, withdraw

pytestmark = pytest.mark.django_db
GENDERS = {"F": 60, "M": None, "X": None}


def release(hidden: bool = True) -> Release:
    """A year of ours of which others published women and men, from which we computed who is neither."""
    cells = GENDERS if hidden else {"F": 60, "M": 24, "X": 3}
    return publish(PUBLIC, "2022", {"": {"": 90}, "gender": cells}, vintage=1)


def told(query: str) -> dict[str, tuple[Any, str | None]]:
    """The count of each gender with its status."""
    document = body(table(f"by=gender&{query}"))
    cells = enumerate(json_stat.cells(document))
    return {cell[-1]: (value, document["status"].get(str(n))) for n, (cell, value) in cells}


def test_a_cell_that_we_hid_is_not_computed_from_others_once_ours_is_withdrawn() -> None:
    computed = told("year=2022")
    assert computed["X"][0] is not None and computed["X"][1] == "I"
    ours = release()
    withdraw(ours, None, "Forkert.\nWrong.")
    for query in ("year=2022", "release=2022.x2"):
        now = told(query)
        assert now["X"] == (None, "O")
        # What others published is theirs.
        assert (now["M"], now["F"]) == (computed["M"], computed["F"])


def test_what_we_never_hid_is_still_computed() -> None:
    computed = told("year=2022")
    before = table("by=gender&release=2022.x2")["ETag"]
    ours = release(hidden=False)
    withdraw(ours, None, "Forkert.\nWrong.")
    assert told("year=2022") == computed
    assert table("by=gender&release=2022.x2")["ETag"] != before
