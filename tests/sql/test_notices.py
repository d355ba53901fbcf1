"""Crises, notices and what partners say of them, as rows that the web server's role writes by itself.

Of `henvis_demand_notice_right`, `henvis_latest_notice_text`, `henvis_notice_stands`, `henvis_check_crisis`,
`henvis_check_crisis_end`, `henvis_check_notice`, `henvis_check_notice_text`, `henvis_demand_notice_text`,
`henvis_check_notice_review`, `henvis_check_notice_publication`, `henvis_check_notice_withdrawal`, `henvis_demand_own_client` and
`henvis_check_acknowledgement`.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.db import DatabaseError, transaction
from django.db.models import Model
from psycopg.errors import CheckViolation

from notices.models import (
    Acknowledgement,
    Crisis,
    CrisisEnd,
    Notice,
    NoticePublication,
    NoticeReview,
    NoticeText,
    NoticeWithdrawal,
    ServiceStatus,
)
from partners.models import Partner
from partners.roles import SUPERUSER, sync
from tests.callers import as_web_server, make_caller
from tests.notices import world
from tests.people.visitors import staff
from tests.sql.calls import refusal, rows, value, violation

pytestmark = pytest.mark.django_db
WORDS = {"title": "A", "text": "B", "sms": "C", "is_finished": True}


def store[M: Model](model: type[M], **columns: Any) -> M:
    """A row as the web server's role writes it."""
    with transaction.atomic(), as_web_server():
        return model._default_manager.create(**columns)


def text_of(notice: Notice, by: User | None = None, **columns: Any) -> NoticeText:
    """A text without a word of the domain."""
    return store(NoticeText, **{"notice": notice, "language": "da", **WORDS, "user": by or world.writer(), **columns})


def reviewed(notice: Notice) -> NoticeText:
    """A text that another person has reviewed."""
    text = text_of(notice)
    store(NoticeReview, of=text, user=world.reader())
    return text


def outsiders() -> list[User]:
    """Who may not: a role without the right, a former writer, and nobody's account."""
    former = staff("former", "partner_manager")
    User.objects.filter(pk=former.pk).update(is_active=False)
    return [staff("outsider", "statistician"), former, User.objects.create(username="nobody")]


def test_only_who_may_declares_and_ends_a_crisis_and_creates_a_notice() -> None:
    crisis = world.declare()
    for user in (*outsiders(), world.publisher()):
        with refusal("NOTICE_RIGHT_MISSING"):
            world.declare(code="other", user=user)
        with refusal("NOTICE_RIGHT_MISSING"):
            store(CrisisEnd, of=crisis, ended_on=crisis.started_on, user=user)
        with refusal("NOTICE_RIGHT_MISSING"):
            world.create(crisis, user=user)


def test_a_crisis_ends_on_its_first_day_at_the_earliest_and_takes_no_notice_then() -> None:
    crisis = world.declare()
    with refusal("CRISIS_ENDS_BEFORE"):
        store(CrisisEnd, of=crisis, ended_on=crisis.started_on - timedelta(days=1), user=world.writer())
    store(CrisisEnd, of=crisis, ended_on=crisis.started_on, user=world.writer())
    with refusal("CRISIS_OVER"):
        world.create(crisis)


def test_a_notice_comes_in_place_of_one_that_was_published() -> None:
    earlier = world.create()
    with refusal("NOTICE_NOT_PUBLIC"):
        world.create(supersedes=earlier)
    world.make_public(earlier)
    assert world.create(supersedes=earlier).supersedes == earlier


def test_only_who_may_writes_reviews_publishes_and_withdraws() -> None:
    notice = world.create()
    text = text_of(notice)
    for user in outsiders():
        with refusal("NOTICE_RIGHT_MISSING"):
            text_of(notice, user)
        with refusal("NOTICE_RIGHT_MISSING"):
            store(NoticeReview, of=text, user=user)
    store(NoticeReview, of=text, user=world.reader())
    for user in (world.writer(), world.reader()):
        with refusal("NOTICE_RIGHT_MISSING"):
            store(NoticePublication, of=text, notice=notice, language="da", number=1, user=user)
    store(NoticePublication, of=text, notice=notice, language="da", number=1, user=world.publisher())
    with refusal("NOTICE_RIGHT_MISSING"):
        store(NoticeWithdrawal, of=notice, user=world.writer())


def test_a_review_is_another_s_of_a_finished_text_that_counts() -> None:
    notice = world.create()
    draft = text_of(notice, is_finished=False)
    with refusal("NOTICE_TEXT_UNFINISHED"):
        store(NoticeReview, of=draft, user=world.reader())
    text = text_of(notice)
    with refusal("NOTICE_REVIEW_BY_AUTHOR"):
        store(NoticeReview, of=text, user=world.writer())
    text_of(notice)
    with refusal("NOTICE_TEXT_NOT_LATEST"):
        store(NoticeReview, of=text, user=world.reader())


@pytest.mark.parametrize("combination", [("partner_manager",), ("partner_manager", "approver"), (SUPERUSER,)])
def test_nobody_publishes_alone_by_any_combination_of_roles(combination: tuple[str, ...]) -> None:
    alone = staff("alone", is_superuser=SUPERUSER in combination)
    sync()
    alone.groups.set(Group.objects.filter(name__in=combination))
    notice = world.create()
    text = text_of(notice, alone)
    with refusal("NOTICE_REVIEW_BY_AUTHOR"):
        store(NoticeReview, of=text, user=alone)
    is_publisher = combination != ("partner_manager",)
    with refusal("NOTICE_TEXT_UNREVIEWED" if is_publisher else "NOTICE_RIGHT_MISSING"):
        store(NoticePublication, of=text, notice=notice, language="da", number=1, user=alone)


def test_words_that_another_has_saved_anew_are_their_author_s_still() -> None:
    notice = world.create()
    text_of(notice, is_finished=False)
    finished = text_of(notice, world.reader())
    with refusal("NOTICE_REVIEW_BY_AUTHOR"):
        store(NoticeReview, of=finished, user=world.writer())
    store(NoticeReview, of=text_of(notice, world.reader(), text="Better"), user=world.writer())


def test_a_source_is_a_page_and_nothing_that_runs() -> None:
    crisis = world.declare()
    for source in ("javascript:alert(1)", "http://example.org", 'https://example.org/"><script>', "https://a b"):
        with violation(CheckViolation):
            world.create(crisis, source=source)
    assert world.create(crisis, source="https://www.sst.dk/da/corona?x=1#y").source


@pytest.mark.parametrize("sign", ["\x01", "\x0b", "\x1f", "\x7f", "\x9f", "\u202e", "\u2066", "\uffff"])
def test_no_text_has_a_sign_that_no_feed_takes_or_that_turns_letters_round(sign: str) -> None:
    """One such text would be the end of the feed for everybody."""
    notice = world.create()
    for name in ("title", "text", "sms"):
        with pytest.raises(DatabaseError, match="noticetext_written"):
            text_of(notice, None, **{name: f"A{sign}B"})
    text_of(notice, text="Two\nlines, 东西 🚑")
    for name in ("issuer_da", "issuer_en"):
        with pytest.raises(DatabaseError, match="notice_written"), transaction.atomic():
            world.create(None, **{name: f"A{sign}B"})
    with pytest.raises(DatabaseError, match="crisis_written"), transaction.atomic():
        world.declare(code="other", title_en=f"A{sign}B")


def test_nothing_is_published_without_a_review_and_its_number_is_the_database_s() -> None:
    notice = world.create()
    text = text_of(notice)
    with refusal("NOTICE_TEXT_UNREVIEWED"):
        store(NoticePublication, of=text, notice=notice, language="da", number=1, user=world.publisher())
    for number in (1, 2):
        text = reviewed(notice)
        store(NoticePublication, of=text, notice=world.create(), language="ar", number=99, user=world.publisher())
        row = NoticePublication.objects.get(of=text)
        assert (row.notice_id, row.language, row.number) == (notice.pk, "da", number)


def test_a_translation_is_of_the_latest_text_of_the_first_language() -> None:
    notice, other = world.create(), world.create()
    with refusal("NOTICE_SOURCE_CHANGED"):
        text_of(notice, language="ar")
    first, of_other = text_of(notice), text_of(other)
    for source in (None, of_other):
        with refusal("NOTICE_SOURCE_CHANGED"):
            text_of(notice, language="ar", source=source)
    with refusal("NOTICE_SOURCE_CHANGED"):
        text_of(notice, source=first)
    arabic = text_of(notice, language="ar", source=first)
    assert value("SELECT henvis_latest_notice_text(%s, 'da')", notice.pk) == first.pk
    text_of(notice)
    with refusal("NOTICE_SOURCE_CHANGED"):
        store(NoticeReview, of=arabic, user=world.reader())


def test_a_withdrawn_notice_takes_no_text_and_no_review() -> None:
    notice = world.create()
    world.make_public(notice)
    later = text_of(notice)
    assert value("SELECT henvis_notice_stands(%s)", notice.pk) is True
    store(NoticeWithdrawal, of=notice, user=world.publisher())
    assert value("SELECT henvis_notice_stands(%s)", notice.pk) is False
    with refusal("NOTICE_WITHDRAWN"):
        text_of(notice)
    with refusal("NOTICE_WITHDRAWN"):
        store(NoticeReview, of=later, user=world.reader())


def test_only_what_readers_get_is_withdrawn_and_replaces_another() -> None:
    notice, draft = world.create(), world.create()
    with refusal("NOTICE_NOT_PUBLIC"):
        store(NoticeWithdrawal, of=draft, user=world.publisher())
    world.make_public(notice)
    for wrong in (notice, draft):
        with refusal("NOTICE_REPLACEMENT_NOT_PUBLIC"):
            store(NoticeWithdrawal, of=notice, replacement=wrong, user=world.publisher())


def test_partners_speak_for_themselves_while_they_are_open() -> None:
    ngo, other_ngo = make_caller("NGO"), make_caller("NGO")
    notice = world.create()
    world.make_public(notice)
    status = {"place": "DROP_IN", "region": "DK01", "state": "OPEN"}
    of_other = {"partner": other_ngo.partner, "client": ngo.client}
    own = {"partner": ngo.partner, "client": ngo.client}
    with refusal("NOTICE_NOT_THEIRS"):
        store(Acknowledgement, notice=notice, kind="SEEN", **of_other)
    with refusal("NOTICE_NOT_THEIRS"):
        store(ServiceStatus, **status, **of_other)
    with refusal("NOTICE_NOT_PUBLIC"):
        store(Acknowledgement, notice=world.create(), kind="SEEN", **own)
    store(Acknowledgement, notice=notice, kind="SEEN", **own)
    store(ServiceStatus, **status, **own)
    Partner.objects.filter(pk=ngo.partner.pk).update(active=False)
    with refusal("NOTICE_NOT_THEIRS"):
        store(ServiceStatus, **status, **own)


def test_nothing_that_was_said_is_changed_or_taken_back() -> None:
    text = reviewed(world.create())
    for model, columns in (
        (NoticeText, {"title": "Z"}),
        (NoticeReview, {"user": world.writer()}),
        (Crisis, {"forms": []}),
    ):
        with violation():
            model._default_manager.update(**columns)
        with violation():
            rows(f"DELETE FROM {model._meta.db_table}")
    with pytest.raises(DatabaseError), transaction.atomic(), as_web_server():
        NoticeText.objects.filter(pk=text.pk).update(title="Z")
