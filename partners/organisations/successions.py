"""Successions: a live organisation takes over the records of another, which closes. Two members of staff are needed."""

from __future__ import annotations

from datetime import date, timedelta

from django.contrib.auth.models import User
from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from core.refusals import raised_as
from core.text import say
from partners import audit
from partners.audit import Actor
from partners.models import Partner
from partners.organisations.models import SuccessionRequest

WAITS = timedelta(days=7)
CHECK = "SELECT henvis_check_merger(%s, %s, %s)"
DECIDE = "SELECT henvis_decide_succession(%s, %s, %s)"
MAY_ASK = "organisations.add_successionrequest"


class SuccessionRefused(Exception):
    """The rules refuse a request or a decision. The message is for staff."""


def ask(*, by: Actor, old: Partner, new: Partner, since: date) -> SuccessionRequest:
    """Ask for a succession. Raises `SuccessionRefused`; the approval will check again."""
    check_staff(by)
    check(old, new, since)
    with transaction.atomic():
        request = SuccessionRequest.objects.create(old=old, new=new, since=since, asked_by_id=by.user_id or 0)
        audit.record(by=by, action="succession.ask", subject=str(request.pk), old=str(old.pk), new=str(new.pk))
    return request


def check(old: Partner, new: Partner, since: date) -> None:
    """Raise `SuccessionRefused` for what the database would refuse. It has the last word."""
    with raised_as(SuccessionRefused), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(CHECK, [old.pk, new.pk, since])


def check_staff(by: Actor) -> None:
    """Raise `SuccessionRefused` for whoever is no active member of staff with the right to ask for a succession."""
    who = User.objects.filter(pk=by.user_id or 0, is_active=True, is_staff=True).first()
    if who is None or not who.has_perm(MAY_ASK):
        raise SuccessionRefused(say("Det kræver rollen partneransvarlig.", "This requires the role partner manager."))


def decide(*, by: Actor, request: SuccessionRequest, approve: bool) -> None:
    """Have the database decide, and close the old organisation where it approves. Raises `SuccessionRefused`."""
    with raised_as(SuccessionRefused), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(DECIDE, [request.pk, by.user_id, approve])


def waiting() -> QuerySet[SuccessionRequest]:
    """The requests without a decision that are at most seven days old."""
    return SuccessionRequest.objects.filter(decision=None, asked_at__gt=timezone.now() - WAITS)


def waiting_of(partner: Partner) -> list[SuccessionRequest]:
    """The requests that wait, in which a partner is the old or the new one."""
    return list(waiting().filter(Q(old=partner) | Q(new=partner)).select_related("old", "new"))


def is_waiting(request: SuccessionRequest) -> bool:
    """Whether a request, of which the decision was looked up with it, is among those that wait."""
    return not hasattr(request, "decision") and request.asked_at > timezone.now() - WAITS


def approved_of(partner: Partner) -> QuerySet[SuccessionRequest]:
    """The approved successions in which a partner is the old or the new one."""
    successions = SuccessionRequest.objects.filter(decision__approved=True).select_related("old", "new")
    return successions.filter(old=partner) | successions.filter(new=partner)
