"""The seals: a release closes its draft, a publication closes what is published, and errata correct what was read.

Of `henvis_seal_draft`, `henvis_seal_publication`, `henvis_check_erratum_right`, `henvis_check_erratum`,
`henvis_check_erratum_decision`, `henvis_check_review_sign`, `henvis_check_review_sign_end` and `henvis_errata`.
"""

from __future__ import annotations

from contextlib import nullcontext
from typing import Any

import pytest
from django.contrib.auth.models import User

from stats.models import (
    PUBLIC,
    Certificate,
    DraftChange,
    Erratum,
    ErratumDecision,
    ProtectedTable,
    Publication,
    PublishedChange,
    PublishedTable,
    Release,
    ReviewSign,
    ReviewSignEnd,
)
from tests.callers import as_web_server
from tests.sql.calls import refusal, value, violation
from tests.sql.test_publish import with_right
from tests.stats.drafts import CELLS, CHANGES, built
from tests.stats.published import editor, staff

pytestmark = pytest.mark.django_db
TEXT = {"text_da": "Fejl.", "text_en": "Error."}


@pytest.fixture
def builder(db: None) -> Any:
    """A member of staff who writes errata."""
    return editor("builder")


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
        made = Erratum.objects.create(release=draft, user=builder, written_at="2001-02-03T00:00Z", **TEXT)
    assert value("SELECT written_at = now() FROM statistics_erratum WHERE id = %s", made.pk) is True
    assert Release.objects.get().pk == "2023.p1"


def test_henvis_check_erratum_decision_wants_another_person(builder: User) -> None:
    draft = built(PUBLIC, "2023", user=builder)
    Publication.objects.create(release=draft, user=builder)
    erratum = Erratum.objects.create(release=draft, user=builder, **TEXT)
    with refusal("ERRATUM_BY_SAME"), as_web_server():
        ErratumDecision.objects.create(erratum=erratum, approved=True, user=builder)
    assert value("SELECT henvis_errata('2023.p1')") == []
    with as_web_server():
        ErratumDecision.objects.create(erratum=erratum, approved=True, user=editor("reader"))
    own = Erratum.objects.create(release=draft, user=builder, **TEXT)
    with as_web_server():
        ErratumDecision.objects.create(erratum=own, approved=False, user=builder)  # the author takes it back
    assert value("SELECT henvis_errata('2023.p1')") == [erratum.pk]


def test_henvis_check_review_sign_wants_a_published_release_without_one(builder: User) -> None:
    draft = built(PUBLIC, "2023", user=builder)
    with refusal("NOT_PUBLISHED", "2023.p1"), as_web_server():
        ReviewSign.objects.create(release=draft, user=builder)
    Publication.objects.create(release=draft, user=builder)
    with as_web_server():
        sign = ReviewSign.objects.create(release=draft, user=builder)
    with refusal("REVIEW_SIGN_UP", "2023.p1"), as_web_server():
        ReviewSign.objects.create(release=draft, user=builder)
    with as_web_server():
        ReviewSignEnd.objects.create(sign=sign, user=builder)
        ReviewSign.objects.create(release=draft, user=builder)


@pytest.mark.parametrize("kind", ["without the right", "no longer active", "an approver"])
def test_henvis_check_erratum_right_lets_who_writes_errata_or_approves(builder: User, kind: str) -> None:
    draft = built(PUBLIC, "2023", user=builder)
    Publication.objects.create(release=draft, user=builder)
    erratum = Erratum.objects.create(release=draft, user=builder, **TEXT)
    sign = ReviewSign.objects.create(release=draft, user=builder)
    other = built(PUBLIC, "2022", user=builder)
    Publication.objects.create(release=other, user=builder)
    person = person_of(kind)
    rows: tuple[tuple[Any, dict[str, Any]], ...] = (
        (Erratum, {"release": draft, **TEXT}),
        (ErratumDecision, {"erratum": erratum, "approved": True}),
        (ReviewSign, {"release": other}),
        (ReviewSignEnd, {"sign": sign}),
    )
    for model, row in rows:
        with nullcontext() if kind == "an approver" else refusal("ERRATUM_RIGHT_MISSING"), as_web_server():
            model.objects.create(user=person, **row)


def person_of(kind: str) -> User:
    """A member of staff: without the right, with it but no longer active, or who approves."""
    if kind == "an approver":
        return with_right("approver")
    person: User = staff("nobody") if kind == "without the right" else editor("gone")
    User.objects.filter(pk=person.pk).update(is_active=kind == "without the right")
    return person
