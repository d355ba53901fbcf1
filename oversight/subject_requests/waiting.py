"""What waits on the first page of the staff: persons' requests that are not answered, the first due first."""

from __future__ import annotations

from typing import Any

from cases.months import today
from core.text import Text
from oversight.subject_requests import register
from oversight.subject_requests.register import MAY_HANDLE, RequestState
from partners.staff import waiting
from partners.staff.naming import day_of
from partners.staff.waiting import WaitingEntry, Way, WayGroup


def entry_of(request: Any) -> WaitingEntry:
    """A request with the day on which it is due, and how long that is."""
    day, days = day_of(request.due), register.days_left_in_words(request)
    return WaitingEntry(
        request,
        Text(f"{day}, {days.da}", f"{day}, {days.en}"),
        is_late=register.state_of(request) == RequestState.OVERDUE,
    )


waiting.add(
    "subject_requests",
    Text("En anmodning fra en person skal besvares", "A person's request must be answered"),
    Text("{number} anmodninger fra personer skal besvares", "{number} persons' requests must be answered"),
    rights=["subject_requests.view_subjectrequest", MAY_HANDLE],
    find=lambda _: waiting.newest(register.waiting(), entry_of),
    address="subject_requests_subjectrequest_changelist?state=ALL_OPEN",
)


def entry_of_restriction(request: Any) -> WaitingEntry:
    """A request whose restriction is past its end, with that day."""
    return WaitingEntry(request, day_of(request.restricted_until), is_late=True)


waiting.add(
    "restrictions",
    Text(
        "En begrænsning har nået sin slutdato: den gælder, til den ophæves",
        "A restriction has come to its end: it holds until it is lifted",
    ),
    Text(
        "{number} begrænsninger har nået deres slutdato: de gælder, til de ophæves",
        "{number} restrictions have come to their end: they hold until they are lifted",
    ),
    rights=["subject_requests.view_subjectrequest", MAY_HANDLE],
    find=lambda _: waiting.newest(register.restricting().filter(restricted_until__lte=today()), entry_of_restriction),
    address="subject_requests_subjectrequest_changelist?state=RESTRICTING",
)
waiting.add(
    "restrictions_to_lift",
    Text("En begrænsning venter på, at en anden ophæver den", "A restriction waits for somebody else to lift it"),
    Text(
        "{number} begrænsninger venter på, at en anden ophæver dem",
        "{number} restrictions wait for somebody else to lift them",
    ),
    rights=["subject_requests.view_subjectrequest", "linking.restrict_case"],
    find=lambda user: waiting.newest(register.to_lift(user.pk), WaitingEntry),
    address="subject_requests_subjectrequest_changelist?state=RESTRICTING",
)
waiting.lead(
    WayGroup.CASES,
    Way(
        Text("Anmodninger fra personer: fortegnelsen", "Persons' requests: the register"),
        "subject_requests.view_subjectrequest",
        "subject_requests_subjectrequest_changelist",
    ),
    Way(
        Text("En anmodning er kommet: før den ind i fortegnelsen", "A request has come: enter it in the register"),
        "subject_requests.add_subjectrequest",
        "subject_requests_subjectrequest_add",
    ),
)
