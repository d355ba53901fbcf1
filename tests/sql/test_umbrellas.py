"""Which partners releases took together. Of `henvis_published_umbrellas`."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction

from stats.models import PUBLIC
from tests.callers import as_web_server
from tests.sql.calls import rows
from tests.stats.drafts import keep_umbrella
from tests.stats.published import draft, publish
from tests.stats.records import partner

pytestmark = pytest.mark.django_db
ASKED = "SELECT partner FROM henvis_published_umbrellas()"


def test_the_web_server_is_told_who_was_together_in_what_is_published_and_no_more_of_the_proofs() -> None:
    partners = [partner() for _ in range(2)]
    keep_umbrella(publish(PUBLIC, "2024", {"": {"": 70}}), *partners)
    keep_umbrella(draft(PUBLIC, "2025", {"": {}}), partner(), partner())
    expected = {(each.pk,) for each in partners}
    assert set(rows(ASKED)) == expected
    with transaction.atomic(), as_web_server():
        assert set(rows(ASKED)) == expected
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(), as_web_server():
        rows("SELECT report FROM build.statistics_proof")
