"""What waits on the first page of the staff: persons' requests that are not answered, the first due first."""

from __future__ import annotations

from typing import Any

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
