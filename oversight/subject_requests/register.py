"""What is done about persons' requests. The database checks each step; this says it in words, and writes the audit row."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import Any

from django.db import transaction
from django.db.models import DateField, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from cases.codelists.staff import REQUEST_OUTCOME
from cases.erased.models import Tombstone
from cases.linking.models import RestrictedCase
from cases.months import today
from core.refusals import raised_as
from core.text import Text
from oversight.subject_requests.choices import RequestAct
from oversight.subject_requests.deadlines import EXTENDED_MONTHS, due_on
from oversight.subject_requests.models import RequestStep, SubjectRequest
from partners import audit
from partners.audit import Actor
from partners.staff.naming import day_of

MAY_HANDLE = "subject_requests.handle_subjectrequest"
# So many days before it is due, an open request is due soon.
SOON = 7


class RegisterRefused(Exception):
    """A step that the request does not allow. The message is for staff."""


class RequestState(StrEnum):
    """How far a request is."""

    OVERDUE = "OVERDUE"
    SOON = "SOON"
    OPEN = "OPEN"
    ANSWERED = "ANSWERED"


STATES: dict[RequestState, Text] = {
    RequestState.OVERDUE: Text("over fristen", "overdue"),
    RequestState.SOON: Text("fristen er nær", "due soon"),
    RequestState.OPEN: Text("åben", "open"),
    RequestState.ANSWERED: Text("besvaret", "answered"),
}


def requests() -> QuerySet[Any]:
    """The requests, each with `due` (extended or not), `answer` (its code), `answered_on` and `is_answered`.

    `has_restricted`: the processing was restricted from it. `is_restricting`: that still holds. `restricted_until`: the day on
    which that is looked at again, if there is one.
    """
    steps = RequestStep.objects.filter(request=OuterRef("pk"))
    answers, extensions = steps.filter(act=str(RequestAct.ANSWERED)), steps.filter(act=str(RequestAct.EXTENDED))
    in_force = RestrictedCase.objects.current().filter(restriction=OuterRef("restriction"))
    restrictions = steps.filter(act=str(RequestAct.RESTRICTED))
    holding = restrictions.filter(Exists(in_force))
    rows: QuerySet[Any] = SubjectRequest.objects.annotate(
        due=Coalesce(Subquery(extensions.values("day")[:1]), "due_on", output_field=DateField()),
        answer=Subquery(answers.values("code")[:1]),
        answered_on=Subquery(answers.values("day")[:1]),
        is_answered=Exists(answers),
        has_restricted=Exists(restrictions),
        is_restricting=Exists(holding),
        restricted_until=Subquery(holding.values("day")[:1]),
    )
    return rows


def waiting() -> QuerySet[Any]:
    """The requests that are not answered, the first due first."""
    return requests().filter(is_answered=False).order_by("due", "id")


def restricting() -> QuerySet[Any]:
    """The requests whose restriction holds, the first to be looked at again in front."""
    return requests().filter(is_restricting=True).order_by(F("restricted_until").asc(nulls_last=True), "id")


def to_lift(user_id: int) -> QuerySet[Any]:
    """The requests whose restriction holds, whose person was told that it ends, and that this user did not set."""
    own = Q(steps__act=str(RequestAct.RESTRICTED), steps__user_id=user_id)
    told = Exists(RequestStep.objects.filter(request=OuterRef("pk"), act=str(RequestAct.INFORMED)))
    return restricting().filter(told).exclude(pk__in=SubjectRequest.objects.filter(own).values("pk"))


def state_of(request: Any, day: date | None = None) -> RequestState:
    """The state of a request from `requests()` on a day (today)."""
    if request.is_answered:
        return RequestState.ANSWERED
    days = (request.due - (day or today())).days
    return RequestState.OVERDUE if days < 0 else RequestState.SOON if days <= SOON else RequestState.OPEN


def is_in_time(request: Any) -> bool:
    """Whether an answered request from `requests()` was answered when it was due, or before."""
    return bool(request.answered_on <= request.due)


def steps_of(request: SubjectRequest) -> QuerySet[RequestStep]:
    """The steps of a request, the first one first."""
    return RequestStep.objects.filter(request=request).select_related("user", "tombstone").order_by("pk")


def request_of(tombstone: Tombstone) -> SubjectRequest | None:
    """The request for which somebody was erased, if it was for one."""
    return SubjectRequest.objects.filter(steps__tombstone=tombstone).first()


def take_step(*, by: Actor, request_id: int, act: RequestAct, **detail: Any) -> None:
    """Write down a step with its audit row. Raises `RegisterRefused` where the request does not allow it."""
    values: dict[str, Any] = {"request_id": request_id, "act": str(act), "user_id": by.user_id, **detail}
    with raised_as(RegisterRefused), transaction.atomic():
        RequestStep.objects.create(**values)
        codes = {name: detail[name] for name in ("code", "ground") if detail.get(name)}
        audit.record(by=by, action=f"subjectrequest.{act.lower()}", subject=str(request_id), **codes)


def identify(*, by: Actor, request_id: int, code: str) -> None:
    """Write down how the identity of who asks was checked. Raises `RegisterRefused`."""
    take_step(by=by, request_id=request_id, act=RequestAct.IDENTIFIED, code=code)


def extend(*, by: Actor, request_id: int, received_on: date, code: str) -> None:
    """Extend the time limit by two months, once, and before it is over. Raises `RegisterRefused`."""
    day = due_on(received_on, EXTENDED_MONTHS)
    take_step(by=by, request_id=request_id, act=RequestAct.EXTENDED, code=code, day=day)


def answer(*, by: Actor, request_id: int, code: str, ground: str, day: date) -> None:
    """Answer a request, for good. Raises `RegisterRefused`, also where what is answered was not done from the request."""
    take_step(by=by, request_id=request_id, act=RequestAct.ANSWERED, code=code, ground=ground, day=day)


def inform(*, by: Actor, request_id: int, day: date) -> None:
    """Write down that the person was told that the restriction is going to be lifted. Raises `RegisterRefused`."""
    take_step(by=by, request_id=request_id, act=RequestAct.INFORMED, day=day)


def note_production(*, by: Actor, request_id: int, code: str) -> None:
    """Write down that the data were produced. Which case they are of is not kept here. Raises `RegisterRefused`."""
    take_step(by=by, request_id=request_id, act=RequestAct.PRODUCED, code=code)


def note_erasure(*, by: Actor, request_id: int, tombstone: Tombstone) -> None:
    """Write down that the data were erased, with the tombstone. Raises `RegisterRefused`."""
    take_step(by=by, request_id=request_id, act=RequestAct.ERASED, tombstone=tombstone)


def days_left_in_words(request: Any, day: date | None = None) -> Text:
    """How many days an open request from `requests()` has left, or how long it is overdue."""
    days = (request.due - (day or today())).days
    if days == 0:
        return Text("frist i dag", "due today")
    da, en = ("dag", "day") if abs(days) == 1 else ("dage", "days")
    if days < 0:
        return Text(f"{-days} {da} over fristen", f"{-days} {en} overdue")
    return Text(f"frist om {days} {da}", f"due in {days} {en}")


def answered_in_words(request: Any) -> Text:
    """What was answered to a request from `requests()`, and when."""
    label, day = REQUEST_OUTCOME.by_code[request.answer].label, day_of(request.answered_on)
    return Text(f"besvaret {day}: {label.da}", f"answered {day}: {label.en}")


def requests_of_year(year: int) -> Iterator[Any]:
    """The requests that were received in a year."""
    yield from requests().filter(received_on__year=year).order_by("received_on", "id")
