"""The feedback to a partner on a year, and when the centre has looked at the partner's pages. Each shows the own partner alone."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from cases.months import today
from core.text import Text
from oversight.quality import export
from oversight.quality.feedback import feedback, note_read
from oversight.quality.looks import looks_at, part_of
from oversight.quality.models import FeedbackRead
from oversight.quality.pages import year_of
from oversight.quality.words import FEEDBACK
from pages.desk.frame import Visit, Waiting, desk_page, show
from partners.kinds import Mode
from partners.roles import Right

FEEDBACK_WORDS: dict[str, Text] = {
    "title": Text("Tilbagemelding", "Feedback"),
    "lead": Text(
        "Her ser I, hvad der kom, hvad der blev afvist, og hvad I ikke kendte. Centret kan se, at en leder har læst den.",
        "Here you see what came, what was refused, and what you did not know. The centre can see that a manager has read it.",
    ),
    "csv": Text("Hent som CSV", "Download as CSV"),
    "all_years": Text("Alle år", "All years"),
    "years_lead": Text("Vælg et år.", "Choose a year."),
    "live_alone": Text("Tilbagemeldingen gælder kun rigtige henvisninger.", "The feedback is for real referrals only."),
    "looks": Text("Når centret har set jeres sider", "When the centre has looked at your pages"),
    "looks_lead": Text(
        "Centret kan se jeres sider, som I ser dem, og kan ikke ændre noget. Hver gang er noteret her.",
        "The centre can see your pages as you see them, and cannot change anything. Each time is noted here.",
    ),
    "no_looks": Text("Centret har ikke set jeres sider.", "The centre has not looked at your pages."),
    "day": Text("Dag", "Day"),
    "page": Text("Side", "Page"),
    "reason": Text("Begrundelse", "Reason"),
    "times": Text("Gange", "Times"),
}


def unread(year: int) -> Text:
    """That the feedback of a year waits for a manager."""
    return Text(f"Læs tilbagemeldingen for {year}", f"Read the feedback on {year}")


# The feedback of so many years is offered, the present one first.
YEARS = 5


@require_safe
@desk_page(Right.READ)
def years(visit: Visit) -> HttpResponse:
    """The years whose feedback there is. In test mode there is none."""
    this_year = today().year
    pages = [(year, visit.address("feedback_year", year=year)) for year in range(this_year, this_year - YEARS, -1)]
    return show_words(visit, "desk/feedback_years.html", pages=pages if visit.mode == Mode.LIVE else [])


@require_safe
@desk_page(Right.READ)
def feedback_of_year(visit: Visit, year: int) -> HttpResponse:
    """The feedback of a year. That it was opened is noted."""
    note_opened(visit, year)
    addresses = {"csv": visit.address("feedback_csv", year=year), "years": visit.address("feedback")}
    return show_words(visit, "desk/feedback.html", year=year, **addresses, **part_of(FEEDBACK, visit.partner, year))


@require_safe
@desk_page(Right.READ)
def feedback_csv(visit: Visit, year: int) -> HttpResponse:
    """The same as a file."""
    note_opened(visit, year)
    return export.as_csv(export.feedback_lines(feedback(visit.partner, year, timezone.now())), f"feedback-{year}")


@require_safe
@desk_page(Right.MANAGE_PEOPLE)
def looks(visit: Visit) -> HttpResponse:
    """When staff of the centre have looked at the partner's pages, and why."""
    return show_words(visit, "desk/looks.html", looks=looks_at(visit.member.partner))


def note_opened(visit: Visit, year: int) -> None:
    """Note that the person has opened the feedback of a year. Raises `Http404` for none, and in test mode."""
    if visit.mode != Mode.LIVE:
        raise Http404
    note_read(user=visit.member.user, partner=visit.partner, year=year_of(f"{year:04d}"))


def feedback_waiting(visit: Visit) -> list[Waiting]:
    """The feedback of the year before, while a manager of a partner that reports has not opened it."""
    year, since = today().year - 1, visit.partner.calendar.since
    is_due = visit.mode == Mode.LIVE and since is not None and since.year <= year
    if not (is_due and visit.may(Right.MANAGE_PEOPLE)):
        return []
    is_read = FeedbackRead.objects.filter(partner=visit.partner, year=year, user=visit.member.user).exists()
    return [] if is_read else [Waiting(unread(year), visit.address("feedback_year", year=year))]


def show_words(visit: Visit, template: str, **context: Any) -> HttpResponse:
    """A page of the desk with the words of these pages."""
    return show(visit, template, {"words_of_feedback": FEEDBACK_WORDS, **context})
