"""What events are about, in words: a row with a name, what a room says in words, or what is short by itself."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from cases.codelists import GENDER
from partners import audit
from partners.audit import COMMAND, Actor
from partners.models import AuditEvent
from partners.staff.audit_words import ACTIONS, value_in_words
from partners.staff.subjects import NAMES, SAID, names_of, with_names
from stats.models import PROPOSE, AnnouncedDate, BuildOrder, FactDecision
from tests.callers import Browser, Caller
from tests.people.test_auditor import EVENTS, LANGUAGES, auditor, page, rows
from tests.people.visitors import staff
from tests.publications.annual.world import draft_by, publish_years

pytestmark = pytest.mark.django_db
__all__ = ["auditor"]
# Subjects of which there are no other words: a year, and the first eight characters of a case, a decision or a delivery.
BY_THEMSELVES = (
    *("case.", "delivery.", "duplicate.different", "duplicate.same"),
    *("archive.", "quality.waits", "report.draft", "report.read", "report.write", "reportorder."),
)
# As the code writes them.
WRITTEN = {
    "announceddate.add": f"{uuid4()} ANNOUNCED",
    "audit.export": "audit",
    "buildorder.add": "2018 public OPEN",
    "duplicates.search": "since 2026-03",
    "erratum.add": "2023-Q4.a1",
    "factdecision.add": "2020;gender=F: superseded",
    "intake.revalidate": "all partners",
    "internationalfile.add": "eu-19a 2023",
    "job.retry": "releases.build 12",
    "planindicator.add": "2022-2025/1.2",
    "planobservation.add": "2022-2025/1.2/2023",
    "read.export": "reads",
    "release.build": "2018.p1",
    "report.publish": "2024.1",
    "report.send_abroad": "eurostat 2023",
    "review.export": "accounts",
    "roles.sync": "staff",
    "sandbox.load": "7",
    "statistics.exact": "persons",
}
CODE = re.compile(r"\b[A-Z]{4,}\b|\b[a-z]+[._][a-z]+\b|[0-9a-f]{8}-[0-9a-f]{4}-")
FOREIGN = {"da": re.compile(r"\b(the|of|all|since|staff)\b"), "en": re.compile(r"[æøå]|\b(alle|siden|udgave)\b")}


def test_what_every_action_is_about_has_a_name_or_words() -> None:
    known = tuple(each for actions in (*NAMES, *SAID) for each in actions) + BY_THEMSELVES
    assert sorted(action for action in ACTIONS if not action.startswith(known)) == []
    assert sorted(each for actions in SAID for each in actions if not any(x.startswith(each) for x in WRITTEN)) == [
        "report.render_failure"
    ]


@LANGUAGES
@pytest.mark.parametrize("action", WRITTEN)
def test_a_subject_that_is_no_row_is_said_without_codes(action: str, language: str) -> None:
    if action == "announceddate.add":
        entry, _, _ = WRITTEN[action].partition(" ")
        AnnouncedDate.objects.create(entry=entry, period="2023", month="2101-03-01", user=staff("planner"))
    with override(language):
        named = name_of(action, WRITTEN[action])
        assert not CODE.search(named) and not FOREIGN[language].search(named), named
        # What an earlier program wrote in another way breaks no page.
        assert name_of(action, "x")


def name_of(action: str, subject: str) -> str:
    """What an event of an action is said to be about."""
    [name] = names_of([AuditEvent(action=action, subject=subject)]).values()
    return name


def test_any_number_of_announced_dates_is_named_by_one_statement(auditor: Browser) -> None:
    planner = staff("planner")

    def announce(year: int) -> None:
        """Announce the figures of a year, then that their date is postponed, and write both down."""
        entry = uuid4()
        why = {"reason_da": "Mangler", "reason_en": "Lacking"}
        AnnouncedDate.objects.create(entry=entry, period=str(year), month="2101-03-01", user=planner)
        AnnouncedDate.objects.create(entry=entry, status="POSTPONED", month="2101-04-01", user=planner, **why)
        for status in ("ANNOUNCED", "POSTPONED"):
            audit.record(by=Actor.of(planner), action="announceddate.add", subject=f"{entry} {status}")

    announce(2020)
    with CaptureQueriesContext(connection) as few:
        page(auditor, EVENTS)
    for year in (2021, 2022, 2023):
        announce(year)
    with CaptureQueriesContext(connection) as many:
        shown = rows(page(auditor, EVENTS))
    assert len(few) == len(many)
    told = [f"{year}, {status}" for year in range(2020, 2024) for status in ("provisional date", "postponed")]
    assert [shown.count(each) for each in told] == [1] * len(told)


@LANGUAGES
def test_orders_decisions_and_releases_are_told_as_their_own_pages_tell_them(auditor: Browser, language: str) -> None:
    user = staff("ida", "statistician")
    order = BuildOrder(kind=PROPOSE, period="2018", audience="public", user=user)
    fact = FactDecision(fact="2020;gender=F", decision="superseded", user=user)
    for action, row in (("buildorder.propose", order), ("factdecision.add", fact)):
        audit.record(by=Actor.of(user), action=action, subject=row.subject)
    audit.record(by=Actor.of(user), action="release.build", subject="2023-Q4.a2")
    shown = rows(page(auditor, EVENTS, language))
    with override(language):
        assert str(order) in shown and str(fact) in shown
    danish, english = "4. kvartal 2023, myndigheder, udgave 2", "2023, quarter 4, authorities, vintage 2"
    assert f"{danish if language == 'da' else english} (2023-Q4.a2)" in shown
    assert "OPEN" not in shown


def test_every_detail_that_names_people_names_them_one_or_several(ngo: Caller) -> None:
    ida, ole = staff("ida"), staff("ole")
    assert with_names({"approved_by": [ida.pk, ole.pk]}) == {"approved_by": ["ida", "ole"]}
    assert with_names({"built_by": ole.pk, "approved_by": []}) == {"built_by": "ole", "approved_by": []}
    assert with_names({"new": [str(ngo.partner.pk)]}) == {"new": [ngo.partner.name]}
    # The number of a user that there is not stays a number.
    assert with_names({"asked_by": 10**8}) == {"asked_by": 10**8}


def test_a_revalidation_of_one_partner_names_it(ngo: Caller) -> None:
    audit.record(by=COMMAND, action="intake.revalidate", subject=str(ngo.partner.pk))
    assert [*names_of(AuditEvent.objects.filter(action="intake.revalidate")).values()] == [ngo.partner.name]


@LANGUAGES
def test_the_places_of_a_report_are_told_in_words(language: str) -> None:
    publish_years()
    places = draft_by(staff("ida")).places
    assert len(places) > 10
    with override(language):
        told = {place: value_in_words("place", place) for place in places}
    assert [place for place, words in told.items() if ":" in words or place in words] == []


def test_tables_of_several_dimensions_are_told_by_each(auditor: Browser) -> None:
    told = value_in_words("tables", {"persons": ["gender", "gender,citizenship.continent"]})
    assert str(GENDER.label) in told and "citizenship." not in told and "," in told


def test_the_head_of_a_sentence_leads_to_all_about_the_same(auditor: Browser) -> None:
    case, ida, ole = str(uuid4()), staff("ida"), staff("ole")
    for user in (ida, ole):
        audit.record(by=Actor.of(user), action="case.view", subject=case)
    audit.record(by=Actor.of(ida), action="case.view", subject=str(uuid4()))
    # From the first page: who saw records, then who saw this case.
    first = page(auditor, "/admin/")
    way = re.search(r'<a href="([^"]+)">Who at the centre saw persons. records<', first)
    assert way and "What partners have read, and how much" in first
    looks = rows(page(auditor, way[1]))
    assert looks.index("column-at") < looks.index("column-sentence") < looks.index("column-who")
    head = re.search(rf'<a href="([^"]+)">Person seen by a member of staff: {case[:8]}<', looks)
    assert head and case not in head[1]
    about = rows(page(auditor, f"{EVENTS}{head[1].partition('/auditevent/')[2]}"))
    assert about.count("Person seen") == 2 and "ida" in about and "ole" in about
