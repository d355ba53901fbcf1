"""The seals: a release closes its draft, a publication closes what is published, and errata correct what was read.

Of `henvis_seal_draft`, `henvis_seal_publication` and `henvis_check_erratum`.
"""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User

from cases.statistics.models import (
    PUBLIC,
    Certificate,
    DraftChange,
    Erratum,
    ProtectedTable,
    Publication,
    PublishedChange,
    PublishedTable,
    Release,
)
from tests.callers import as_web_server
from tests.cases.statistics.drafts import CELLS, CHANGES, built
from tests.cases.statistics.published import staff
from tests.sql.calls import refusal, value, violation

pytestmark = pytest.mark.django_db
TEXT = {"text_da": "Fejl.", "text_en": "Error."}


@pytest.fixture
def builder(db: None) -> Any:
    """A member of staff."""
    return staff("builder")


def test_henvis_seal_draft_closes_a_draft_with_its_release(builder: User) -> None:
    built(PUBLIC, "2023", user=builder)
    for model, row in ((ProtectedTable, CELLS), (DraftChange, {**CHANGES, "since_id": "2022.p1"})):
        with violation():
            model._default_manager.create(release_id="2023.p1", **{**row, "axes": "region"})


def test_henvis_seal_publication_closes_what_is_published(builder: User) -> None:
    draft, before = built(PUBLIC, "2023", user=builder), built(PUBLIC, "2022", user=builder)
    rows: tuple[tuple[Any, dict[str, Any]], ...] = (
        (PublishedTable, CELLS),
        (PublishedChange, {**CHANGES, "since": before}),
        (Certificate, {"body": {}}),
    )
    Publication.objects.create(release=draft, user=builder)
    for model, row in rows:
        with violation():
            model.objects.create(release=draft, **row)
    for model, row in rows[:1]:
        model.objects.create(release=before, **row)


def test_henvis_check_erratum_wants_a_published_release_and_dates_it(builder: User) -> None:
    draft = built(PUBLIC, "2023", user=builder)
    with refusal("NOT_PUBLISHED", "2023.p1"), as_web_server():
        Erratum.objects.create(release=draft, user=builder, **TEXT)
    Publication.objects.create(release=draft, user=builder)
    with as_web_server():
        made = Erratum.objects.create(release=draft, user=builder, published_at="2001-02-03T00:00Z", **TEXT)
    assert value("SELECT published_at = now() FROM statistics_erratum WHERE id = %s", made.pk) is True
    assert Release.objects.get().pk == "2023.p1"
