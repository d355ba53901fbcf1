"""The pages of the feedback. Each shows the person's own partner and nothing of another one."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from cases.months import today
from cases.quality import export
from cases.quality.choices import FEEDBACK
from cases.quality.feedback import feedback
from cases.quality.looks import looks_at
from cases.quality.parts import part_of
from cases.quality.reads import note_read
from cases.quality.years import year_of
from pages.feedback.words import FEEDBACK_WORDS
from partners.people.models import Membership
from partners.people.pages.signing_in import me
from partners.people.rights import may, membership_of
from partners.roles import Right

# The feedback of so many years is offered, the present one first.
YEARS = 5


def reader(request: HttpRequest) -> Membership:
    """The membership of a person who may read at the own partner. Raises `PermissionDenied`."""
    member = membership_of(me(request))
    if member is None or not may(member, Right.READ):
        raise PermissionDenied
    return member


@require_safe
def years(request: HttpRequest) -> HttpResponse:
    """The years whose feedback there is."""
    member, this_year = reader(request), today().year
    return show(request, "years", member, years=range(this_year, this_year - YEARS, -1))


@require_safe
def feedback_of_year(request: HttpRequest, year: int) -> HttpResponse:
    """The feedback of a year. That it was opened is noted."""
    member, year = reader(request), checked(year)
    part = part_of(FEEDBACK, member.partner, year)
    note_read(user=member.user, partner=member.partner, year=year)
    return show(request, "feedback", member, year=year, **part)


@require_safe
def feedback_csv(request: HttpRequest, year: int) -> HttpResponse:
    """The same as a file."""
    member, year = reader(request), checked(year)
    page = feedback(member.partner, year, timezone.now())
    note_read(user=member.user, partner=member.partner, year=year)
    return export.as_csv(export.of_feedback(page), f"feedback-{year}")


@require_safe
def looks(request: HttpRequest) -> HttpResponse:
    """When staff of the centre have looked at the partner's pages, and why. Managers see it."""
    member = reader(request)
    if not may(member, Right.MANAGE_PEOPLE):
        raise PermissionDenied
    return show(request, "looks", member, looks=looks_at(member.partner))


def checked(year: int) -> int:
    """A year that there is. Raises `Http404`."""
    if year > today().year:
        raise Http404
    return year_of(f"{year:04d}")


def show(request: HttpRequest, template: str, member: Membership, **context: Any) -> HttpResponse:
    """A page of these, in the frame of the account."""
    return render(request, f"feedback/{template}.html", {"member": member, "feedback_words": FEEDBACK_WORDS, **context})
