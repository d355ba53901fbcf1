"""Texts of notices: written, reviewed by a second person, published by language. The database holds it, whoever asks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from cases.errors import NotFound
from core.text import Text
from notices import reading
from notices.choices import TextState
from notices.errors import NoticeRefused, NoticeWithdrawn
from notices.languages import FALLBACK, LANGUAGES, stand_in
from notices.models import LONGEST_SMS, NoticePublication
from notices.texts import current_texts
from notices.words import REFUSALS
from tests.notices import world

pytestmark = pytest.mark.django_db


def refused(code: str, act: Callable[..., Any], *args: Any, **kwargs: Any) -> None:
    """That an act is refused with a code, in its words."""
    with pytest.raises(NoticeRefused) as refusal, transaction.atomic():
        act(*args, **kwargs)
    assert str(refusal.value) in REFUSALS[code]


def state_of(notice: Any, language: str = "da") -> TextState:
    """How far a language is."""
    return next(each for each in current_texts(notice) if each.language == language).state


def test_a_text_goes_from_draft_to_published_by_three_hands() -> None:
    notice = world.create()
    assert state_of(notice) == TextState.MISSING
    draft = world.write(notice, is_finished=False)
    assert state_of(notice) == TextState.DRAFT
    refused("NOTICE_TEXT_UNFINISHED", world.review, draft)
    text = world.write(notice)
    assert state_of(notice) == TextState.TRANSLATED
    refused("NOTICE_TEXT_UNREVIEWED", world.publish, text)
    world.review(text)
    assert state_of(notice) == TextState.REVIEWED
    with pytest.raises(NotFound):
        reading.get(notice.pk)
    world.publish(text)
    assert state_of(notice) == TextState.PUBLISHED
    assert reading.get(notice.pk).texts["da"].title == world.DANISH["title"]


def test_nobody_reviews_the_own_text() -> None:
    notice = world.create()
    text = world.write(notice)
    refused("NOTICE_REVIEW_BY_AUTHOR", world.review, text, by=world.writer())


def test_a_later_text_is_reviewed_anew_while_readers_keep_the_one_before() -> None:
    notice = world.create()
    world.make_public(notice)
    corrected = world.write(notice, title="Du kan få to gratis test")
    assert state_of(notice) == TextState.TRANSLATED
    assert reading.get(notice.pk).texts["da"].title == world.DANISH["title"]
    world.review(corrected)
    world.publish(corrected)
    shown = reading.get(notice.pk)
    assert (shown.texts["da"].title, shown.texts["da"].message) == ("Du kan få to gratis test", 2)


def test_a_review_of_an_earlier_text_counts_for_nothing() -> None:
    notice = world.create()
    first = world.write(notice)
    world.review(first)
    world.write(notice)
    refused("NOTICE_TEXT_NOT_LATEST", world.publish, first)
    refused("NOTICE_TEXT_NOT_LATEST", world.review, first)


def test_nobody_decides_alone_what_a_notice_is_and_twice_is_told_in_words() -> None:
    both = world.user("both", "partner_manager")
    both.groups.add(*world.publisher().groups.all())
    text = world.write(world.create(user=both))
    world.review(text, by=both)
    refused("NOTICE_TEXT_REVIEWED", world.review, text)
    refused("NOTICE_BY_ONE", world.publish, text, both)
    world.publish(text)
    refused("NOTICE_TEXT_PUBLISHED", world.publish, text)


def test_a_translation_is_of_the_text_that_counts() -> None:
    notice = world.create()
    refused("NOTICE_SOURCE_CHANGED", world.write, notice, "ar")
    world.write(notice)
    arabic = world.write(notice, "ar")
    world.review(arabic)
    world.write(notice, title="Noget andet")
    assert next(each for each in current_texts(notice) if each.language == "ar").is_stale
    refused("NOTICE_SOURCE_CHANGED", world.publish, arabic)
    refused("NOTICE_SOURCE_CHANGED", world.review, arabic)


def test_each_language_is_published_as_it_is_ready() -> None:
    notice = world.create()
    world.make_public(notice)
    assert [*reading.get(notice.pk).texts] == ["da"]
    world.make_public(notice, "ar")
    assert [*reading.get(notice.pk).texts] == ["da", "ar"]
    numbers = NoticePublication.objects.filter(notice=notice).values_list("number", "language")
    assert [*numbers] == [(1, "da"), (2, "ar")]


def test_what_stands_in_for_a_missing_language() -> None:
    everything: dict[str, object] = dict.fromkeys(LANGUAGES)
    assert FALLBACK == ("en", "da")
    assert stand_in("ar", "da", everything) == "ar"
    assert stand_in("ar", "da", {"da": 1, "en": 1}) == "en"
    assert stand_in("ar", "fr", {"fr": 1, "da": 1}) == "da"
    assert stand_in("ar", "fr", {"vi": 1, "fr": 1}) == "fr"
    assert stand_in("ar", "fr", {"vi": 1}) == "vi"
    assert stand_in("ar", "fr", {}) is None
    assert all(each.missing and each.own for each in LANGUAGES.values())


def test_a_withdrawn_notice_leads_to_its_replacement() -> None:
    old, new = world.create(), world.create()
    world.make_public(old)
    refused("NOTICE_REPLACEMENT_NOT_PUBLIC", world.withdraw, old, new)
    refused("NOTICE_REPLACEMENT_NOT_PUBLIC", world.withdraw, old, old)
    refused("NOTICE_NOT_PUBLIC", world.withdraw, new)
    world.make_public(new)
    world.withdraw(old, new)
    with pytest.raises(NoticeWithdrawn) as withdrawn:
        reading.get(old.pk)
    assert withdrawn.value.replacement == new.pk
    assert [each.id for each in reading.current()] == [new.pk]
    refused("NOTICE_NOT_PUBLIC", world.withdraw, old)
    refused("NOTICE_WITHDRAWN", world.write, old)


def test_a_text_message_is_no_longer_than_one_and_nothing_is_empty() -> None:
    notice = world.create()
    with pytest.raises(DatabaseError), transaction.atomic():
        world.write(notice, sms="a" * (LONGEST_SMS + 1))
    for name in ("title", "text", "sms"):
        with pytest.raises(DatabaseError), transaction.atomic():
            world.write(notice, "da", None, **{name: " "})


def test_every_refusal_is_told_in_both_languages() -> None:
    assert all(isinstance(words, Text) and all(words) for words in REFUSALS.values())
