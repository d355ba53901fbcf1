"""The list of releases: what there is, which one holds, and what has to be known of it; and the 410 of one without a replacement.

What was withdrawn and has no replacement says the reason.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import wraps
from typing import Any, Concatenate, cast

from django.http import HttpRequest, HttpResponseBase

from cases.months import COPENHAGEN
from core.text import of_both
from pages.base.frame import PageAddress, answer_page, fill
from pages.public.release_words import RELEASE, RELEASES, state_words
from stats.errors import ReleaseGone
from stats.models import PUBLIC
from stats.reading import catalogue
from stats.reading.announcements import ErratumNotice
from stats.reading.entries import EXTERNAL, OWN, CatalogueEntry, latest
from stats.reading.release_choice import answering_releases

NAME = "releases"


@dataclass(frozen=True)
class ReleaseRow:
    """A release in the list. `date` is a day; `year` a day or year of which no more is known; either may be lacking.

    `reason`: why it is withdrawn; empty where it is not.
    """

    release: CatalogueEntry
    period: str
    state: str
    reason: str
    errata: tuple[tuple[date, str], ...]

    @property
    def date(self) -> date | None:
        """The day of publication, where it is known to the day."""
        return publication_day(self.release)

    @property
    def year(self) -> str:
        """What is known of the moment where the day is not."""
        return self.release.provenance.publication_date or ""


def releases(request: HttpRequest, language: str) -> HttpResponseBase:
    every = catalogue.every(PUBLIC)
    key = tuple(each.key for each in every)
    place = PageAddress(NAME, language)
    return answer_page(request, place, key, lambda: ("public/releases.html", context(every, language)))


def context(every: Iterable[CatalogueEntry], language: str) -> dict[str, Any]:
    rows = [*rows_of(every, language)]
    return {
        "words": {name: text(language) for name, text in RELEASES.items()},
        "ours": [row for row in rows if row.release.kind == OWN],
        "others": [row for row in rows if row.release.kind == EXTERNAL],
        "wrong": [row for row in rows if row.errata],
    }


def rows_of(every: Iterable[CatalogueEntry], language: str) -> Iterator[ReleaseRow]:
    """The releases, the newest first."""
    newest = current(every)
    for each in sorted(every, key=age, reverse=True):
        state = state_words(each, newest.get(each.period.id))(language)
        errata = tuple(errata_of(each.announcements.errata, language))
        yield ReleaseRow(each, each.period.label(language), state, reason_of_withdrawal(each, language), errata)


def current(every: Iterable[CatalogueEntry]) -> dict[str, CatalogueEntry]:
    """The release that holds, by period. They come as the catalogue lists them."""
    return latest(answering_releases([each for each in every if each.is_in_force(None)]))


def age(release: CatalogueEntry) -> tuple[date, date, date, int]:
    """By what the newest is found: the day of publication of ours, then the period, then the vintage."""
    period = release.period
    day = publication_day(release) if release.kind == OWN else None
    return day or date.min, period.last, period.first, release.vintage


def publication_day(release: CatalogueEntry) -> date | None:
    """The day on which a release was published, where it is known."""
    return release.published_at.astimezone(COPENHAGEN).date() if release.published_at else None


def reason_of_withdrawal(release: CatalogueEntry, language: str) -> str:
    """Why a release is withdrawn; empty where it is not."""
    return of_both(release.withdrawal.reason)(language) if release.withdrawal else ""


def errata_of(errata: Iterable[ErratumNotice], language: str) -> Iterator[tuple[date, str]]:
    """The errata with their days, the newest first."""
    for each in sorted(errata, key=lambda erratum: erratum.at, reverse=True):
        yield each.at.astimezone(COPENHAGEN).date(), each.text(language)


def gone_page[**Rest](
    view: Callable[Concatenate[HttpRequest, str, Rest], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, str, Rest], HttpResponseBase]:
    """A view of a language that answers 410 where it comes to a release that was withdrawn and has no replacement."""

    @wraps(view)
    def answer(request: HttpRequest, language: str, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponseBase:
        """The page, or that its release is gone."""
        try:
            return view(request, language, *args, **kwargs)
        except ReleaseGone as error:
            words = {
                "words": {name: text(language) for name, text in RELEASE.items()},
                "release": error.release,
                "day": error.at.astimezone(COPENHAGEN).date(),
                "reason": error.reason(language),
                "current": error.current,
            }
            place = PageAddress("release", language, {"release": error.release})
            response = fill(request, place, "public/release_gone.html", words, status=410)
            response["Cache-Control"] = "no-store"
            return response

    return cast(Callable[Concatenate[HttpRequest, str, Rest], HttpResponseBase], answer)
