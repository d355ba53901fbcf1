"""Publishing annual reports, function by function; drafts, texts and pages are in tests/publications/annual.

Of `henvis_report_basis`, `henvis_report_texts`, `henvis_check_report_text`, `henvis_check_report_order`, `henvis_check_report`
and `henvis_publish_report`.
"""

from __future__ import annotations

import json

import pytest
from django.contrib.auth.models import User
from django.db import ProgrammingError, connection

from partners.models import AuditEvent
from publications.annual.models import ReportDraft, ReportOrder, ReportPublication, ReportText
from stats.models import PUBLIC, Erratum, Release
from tests.people import visitors
from tests.publications.annual.world import CORRECTION, YEAR
from tests.sql.calls import holds, refusal, rows, value, web_value
from tests.stats.published import Cells, editor, publish, say_erratum, withdraw

pytestmark = pytest.mark.django_db
BASIS, PUBLISH = "SELECT henvis_report_basis(%s)::text", "SELECT henvis_publish_report(%s, %s, %s)"
HEADING, COMMENT = "gender:heading", "gender:comment"
STALE = "REPORT_STALE"


@pytest.fixture
def release(db: None) -> Release:
    """The release that the report is drawn from."""
    return publish(PUBLIC, "2023", {"": {"": 112}, "gender": {"F": 72, "M": None}})


@pytest.fixture
def writer(db: None) -> User:
    """Who writes."""
    return visitors.staff("writer", "statistician")


@pytest.fixture
def publisher(db: None) -> User:
    """Who publishes."""
    return visitors.staff("publisher", "approver")


@pytest.fixture
def draft(release: Release, writer: User) -> ReportDraft:
    """A draft with one heading."""
    return make(writer)


def make(user: User, correction: tuple[str, str] = ("", "")) -> ReportDraft:
    """A draft as the worker stores one."""
    da, en = correction
    of = {"documents": {}, "numbers": {}, "places": [HEADING, COMMENT], "software": "0"}
    return ReportDraft.objects.create(year=YEAR, user=user, basis=basis(), correction_da=da, correction_en=en, **of)


def basis(year: int = YEAR) -> dict[str, dict[str, list[object]]]:
    """What a report of a year would be drawn from now."""
    content: dict[str, dict[str, list[object]]] = json.loads(web_value(BASIS, year))
    return content


def write(draft: ReportDraft, user: User, place: str = HEADING, words: str = "Mange") -> ReportText:
    """Write a text as the web server does."""
    return ReportText.objects.create(draft=draft, place=place, text_da=words, text_en=words, user=user)


def send(draft: ReportDraft, user: User, last: int | None = None) -> None:
    """Publish as the web server does."""
    found = value("SELECT max(id) FROM annual_reporttext WHERE draft_id = %s", draft.pk)
    web_value(PUBLISH, draft.pk, last or found, user.pk)


@pytest.mark.parametrize(("state", "message"), [("DONE", ""), ("FAILED", ""), ("OPEN", "Made.")])
def test_an_order_says_nothing_of_what_became_of_it(writer: User, state: str, message: str) -> None:
    with refusal("REPORT_ORDER_CLOSED"):
        ReportOrder.objects.create(year=YEAR, user=writer, state=state, message=message)


def test_the_web_server_dates_and_numbers_nothing_that_it_writes(draft: ReportDraft, writer: User) -> None:
    order = "INSERT INTO annual_reportorder ({}year, correction_da, correction_en, ordered_at, state, message, user_id)"
    text = "INSERT INTO annual_reporttext ({}draft_id, place, text_da, text_en, written_at, user_id)"
    for insert, values, moment in (
        (order, "2023, '', '', '2001-01-01', 'OPEN', '', %s", "ordered_at"),
        (text, f"{draft.pk}, '{HEADING}', 'Mange', 'Many', '2001-01-01', %s", "written_at"),
    ):
        written = web_value(f"{insert.format('')} VALUES ({values}) RETURNING {moment}", writer.pk)
        assert written.year > 2001
        with pytest.raises(ProgrammingError, match="permission denied"):
            web_value(f"{insert.format('id, ')} VALUES (9, {values}) RETURNING id", writer.pk)


def test_two_publish_with_the_lock_of_releases_and_an_audit_event(
    draft: ReportDraft, writer: User, publisher: User
) -> None:
    text = write(draft, writer)
    send(draft, publisher)
    assert holds("henvis.publish") and holds("henvis.report")
    publication = ReportPublication.objects.get()
    assert (publication.pk, publication.version, publication.last_text_id) == (draft.pk, 1, text.pk)
    event = AuditEvent.objects.get(action="report.publish")
    assert (event.user_id, event.subject) == (publisher.pk, "2023.1")
    assert event.detail == {"draft": draft.pk, "ordered_by": writer.pk}


def test_whoever_ordered_or_wrote_publishes_nothing_even_with_both_roles(release: Release, writer: User) -> None:
    both = visitors.staff("both", "statistician", "approver")
    ordered = make(both)
    write(ordered, writer)
    with refusal("REPORT_BY_AUTHOR"):
        send(ordered, both)
    by_another = make(writer)
    write(by_another, both)
    with refusal("REPORT_BY_AUTHOR"):
        send(by_another, both)
    # A text that another has written anew is no longer the first one's.
    write(by_another, writer)
    send(by_another, both)


def test_without_the_right_or_as_inactive_staff_nobody_publishes(
    draft: ReportDraft, writer: User, publisher: User
) -> None:
    write(draft, writer)
    with refusal("REPORT_RIGHT_MISSING"):
        send(draft, visitors.staff("other", "statistician", "auditor"))
    publisher.is_active = False
    publisher.save()
    with refusal("REPORT_RIGHT_MISSING"):
        send(draft, publisher)


def test_everything_is_approved_first_and_a_comment_may_be_missing(
    draft: ReportDraft, writer: User, publisher: User
) -> None:
    write(draft, writer, COMMENT)
    with refusal("REPORT_INCOMPLETE"):
        send(draft, publisher)
    write(draft, writer)
    send(draft, publisher)


def test_what_somebody_wrote_after_the_reading_is_not_published(
    draft: ReportDraft, writer: User, publisher: User
) -> None:
    first = write(draft, writer)
    write(draft, writer, COMMENT, "Nyt")
    with refusal("REPORT_CHANGED"):
        send(draft, publisher, first.pk)


@pytest.mark.parametrize("news", ["vintage", "year", "withdrawal", "erratum", "telling"])
def test_a_draft_is_stale_once_what_it_is_drawn_from_is_another(
    draft: ReportDraft, release: Release, writer: User, publisher: User, news: str
) -> None:
    write(draft, writer)
    match news:
        case "vintage":
            publish(PUBLIC, "2023", {"": {"": 113}}, vintage=2)
        case "year":
            publish(PUBLIC, "2021", {"": {"": 80}})
        case "withdrawal":
            other = publish(PUBLIC, "2023", {"": {"": 113}}, vintage=2)
            withdraw(release, other)
        case "erratum":
            say_erratum(release)
        case "telling":
            tells = {("2023.p1", "gender"): {"M": (30, 39)}}
            publish(PUBLIC, "2022-2023", {"": {"": 182}}, narrowed=tells)
    with refusal(STALE):
        send(draft, publisher)


def test_what_is_published_of_later_years_or_for_authorities_makes_none_stale(
    draft: ReportDraft, writer: User, publisher: User
) -> None:
    write(draft, writer)
    publish(PUBLIC, "2024", {"": {"": 90}})
    publish("authority", "2023", {"": {"": 110}})
    send(draft, publisher)


def test_a_later_draft_takes_the_place_of_an_earlier_one(draft: ReportDraft, writer: User, publisher: User) -> None:
    write(draft, writer)
    later = make(writer)
    with refusal("REPORT_NOT_OPEN"):
        send(draft, publisher)
    with refusal("REPORT_NOT_OPEN"):
        write(draft, writer)
    write(later, writer)
    send(later, publisher)
    with refusal("REPORT_NOT_OPEN"):
        send(later, publisher)
    with refusal("REPORT_NOT_OPEN"):
        write(later, writer)


def test_a_second_version_says_what_it_corrects(draft: ReportDraft, writer: User, publisher: User) -> None:
    write(draft, writer)
    send(draft, publisher)
    silent = make(writer)
    write(silent, writer)
    with refusal("REPORT_CORRECTION_MISSING"):
        send(silent, publisher)
    telling = make(writer, CORRECTION)
    write(telling, writer)
    send(telling, publisher)
    assert [*ReportPublication.objects.values_list("version", flat=True)] == [1, 2]


def test_a_draft_that_is_none_and_a_place_that_is_none_are_refused(
    draft: ReportDraft, writer: User, publisher: User
) -> None:
    with refusal("NO_REPORT_DRAFT"):
        web_value(PUBLISH, draft.pk + 1, None, publisher.pk)
    with refusal("NO_PLACE_OF_REPORT"):
        write(draft, writer, "age:heading")


@pytest.mark.django_db(transaction=True)
def test_at_another_isolation_nothing_is_published(publisher: User) -> None:
    with refusal("REPORT_ISOLATION"), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        cursor.execute(PUBLISH, [1, None, publisher.pk])


def test_of_each_place_the_latest_text_counts(draft: ReportDraft, writer: User) -> None:
    write(draft, writer, words="Først")
    write(draft, writer, words="Så")
    texts = rows("SELECT place, text_da FROM henvis_report_texts(%s)", draft.pk)
    assert texts == [(HEADING, "Så")]


def test_the_basis_has_the_releases_that_are_in_force_with_errata_and_tellings(db: None) -> None:
    tables: dict[str, Cells] = {"": {"": 112}, "gender": {"F": 72, "M": None}}
    release = publish(PUBLIC, "2023", tables, told={"gender": {"M": (30, 39)}})
    erratum = say_erratum(release)
    Erratum.objects.create(release=release, text_da="Fejl.", text_en="Error.", user=editor("builder"))
    assert basis() == {"2023.p1": {"errata": [erratum.pk], "told_by": ["2023.p1"]}}
    assert basis(2022) == {}
