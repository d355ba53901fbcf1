"""Two published years, the people who write and publish a report of them, and a draft."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User

from core.text import NO_TEXT, Text
from partners.audit import Actor
from publications.annual import drafts, publishing
from publications.annual.document import from_json
from publications.annual.drafting import make_draft
from publications.annual.models import ReportDraft, ReportPublication
from publications.annual.places import proposals
from publications.annual.production import work
from stats.models import PUBLIC, Release
from tests.stats.published import publish

YEAR = 2023
# Of 2023 two of the genders are hidden: one by the symbol of its table, one by an interval.
HIDDEN_MEN, HIDDEN_OTHERS = 35, 5
CORRECTION = Text("Tallene for 2023 er rettet.", "The figures of 2023 are corrected.")


def publish_years() -> Release:
    """The releases of 2022 and 2023; the later one."""
    publish(PUBLIC, "2022", {"": {"": 70}, "gender": {"F": 46, "M": 24}, "exploitation.form": {"SEX": 41, "LAB": 29}})
    return publish(
        PUBLIC,
        "2023",
        {
            "": {"": 112},
            "gender": {"F": 72, "M": None, "X": None},
            "exploitation.form": {"SEX": 58, "LAB": 44, "_U": 10},
        },
        symbols={"gender": 9},
        told={"gender": {"M": (31, 40), "X": (0, 9)}},
    )


def draft_by(user: User, year: int = YEAR, correction: Text = NO_TEXT) -> ReportDraft:
    """A draft that somebody ordered."""
    return make_draft(by=Actor.of(user), year=year, correction=correction)


def approve_all(draft: ReportDraft, user: User, but: str = "") -> None:
    """Approve every proposal as it is, but for one place."""
    of_languages = [proposals(from_json(draft.documents[language])) for language in Text._fields]
    for place in of_languages[0]:
        if place != but:
            write(draft, user, place, Text(*(each[place] for each in of_languages)))


def write(draft: ReportDraft, user: User, place: str, text: Text) -> None:
    """Write a text."""
    drafts.write(by=Actor.of(user), draft=draft, place=place, text=text)


def publish_report(draft: ReportDraft, user: User) -> ReportPublication:
    """Publish a draft as it is now, and make what its readers get."""
    publishing.publish(by=Actor.of(user), draft_id=draft.pk, last_text=drafts.last_text(draft))
    work()
    return ReportPublication.objects.get(pk=draft.pk)


def every_text(document: Any) -> list[str]:
    """Every text within a report, whatever it is of."""
    match document:
        case str():
            return [document]
        case dict():
            return [text for each in document.values() for text in every_text(each)]
        case list() | tuple():
            return [text for each in document for text in every_text(each)]
    return []
