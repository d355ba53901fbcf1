"""A total of which an erratum says that it is wrong is marked in its row, and no change is computed from it."""

from __future__ import annotations

import pytest

from stats.models import PUBLIC
from tests.pages.tables import rows
from tests.pages.test_public import MARCH, key, page
from tests.stats.published import publish, say_erratum

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("place", ["/en/", "/en/statistics/persons/"])
@pytest.mark.parametrize("of_total", [True, False])
def test_a_wrong_total_is_marked_and_no_change_is_computed_from_it(place: str, of_total: bool) -> None:
    numbers = {"2022": 64, "2023": 77, "2024": 90}
    of_years = {year: publish(PUBLIC, year, {"": {"": persons}}, when=MARCH) for year, persons in numbers.items()}
    say_erratum(of_years["2023"], "Antallet er forkert.", "The number is wrong.", of_total=of_total)
    text = page(place)
    told = {row[0]: row[1:3] for row in rows(text) if row[0] in {"2023", "2024"}}
    if of_total:
        assert told == {"2023": ["77‡", ":"], "2024": ["90", ":"]}
        assert key(text)["‡"] == "Contradicted by another source or by an erratum"
        # A year by itself, beside nothing of others, has its meaning too.
        assert "‡" in key(page("/en/statistics/persons/?year=2023"))
    else:
        assert told == {"2023": ["77", "+13"], "2024": ["90", "+13"]}
        assert "‡" not in text
