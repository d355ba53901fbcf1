"""*Varsler*: the notices that hold, one of them in one of its languages, and what stands where a notice was withdrawn."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.utils import timezone

from cases.errors import NotFound
from cases.notices import reading
from cases.notices.addresses import page_path
from cases.notices.errors import NoticeWithdrawn
from cases.notices.languages import LANGUAGES, Language
from cases.notices.lasting import LastingCrisis
from cases.notices.reading import PublishedNotice, PublishedText
from pages.base.frame import PageAddress, answer_page, fill
from pages.public.notice_words import NOTICES

LIST, ONE, BARE = "notices", "notice", "notice-bare"
API = "/api/v1/notices"


def notices(request: HttpRequest, language: str) -> HttpResponseBase:
    """The list. Three statements."""
    current_notices = reading.current()
    return answer_page(
        request,
        PageAddress(LIST, language),
        (repr(current_notices),),
        lambda: (
            "public/notices.html",
            {"words": words_in(language), "items": [row(each, language) for each in current_notices]},
        ),
    )


def bare(request: HttpRequest, language: str, number: int) -> HttpResponseBase:
    """A notice without its language, as somebody types it: the language of the frame."""
    return HttpResponseRedirect(page_path(number, language, language))


def notice(request: HttpRequest, language: str, number: int, tag: str) -> HttpResponseBase:
    """A notice in a language, or what stands in for it. 410 with the replacement where it was withdrawn. Three statements."""
    place = PageAddress(ONE, language, {"number": str(number), "tag": tag})
    if tag not in LANGUAGES:
        raise Http404
    try:
        notice_shown = reading.get(number)
    except NotFound:
        raise Http404 from None
    except NoticeWithdrawn as error:
        instead = page_path(error.replacement, tag, language) if error.replacement else ""
        about = {"words": words_in(language), "instead": instead}
        answer = fill(request, place, "public/notice_gone.html", about, status=410)
        answer["Cache-Control"] = "no-store"
        return answer
    is_over = notice_shown.valid_to <= timezone.now()
    return answer_page(
        request,
        place,
        (repr(notice_shown), str(is_over)),
        lambda: ("public/notice.html", {**context(notice_shown, tag, language), "is_over": is_over}),
    )


@dataclass(frozen=True, slots=True)
class CrisisBanner:
    """A crisis that lasts, for the front page. `tags`: the languages in which there are notices of it."""

    title: str
    tags: tuple[str, ...]

    @property
    def languages(self) -> list[Language]:
        """The languages."""
        return [LANGUAGES[tag] for tag in self.tags]


def banners(crises: Iterable[LastingCrisis], language: str) -> tuple[CrisisBanner, ...]:
    """Crises as the front page tells of them."""
    return tuple(
        CrisisBanner(each.title(language), tuple(tag for tag in LANGUAGES if tag in each.tags)) for each in crises
    )


def words_in(language: str) -> dict[str, str]:
    """The words of the pages."""
    return {name: text(language) for name, text in NOTICES.items()}


def row(notice_shown: PublishedNotice, language: str) -> dict[str, Any]:
    """A notice on the list."""
    text = notice_shown.text_for(language)
    return {
        "title": text.title,
        "written": LANGUAGES[text.language],
        "issuer": notice_shown.issuer(language),
        "valid_to": notice_shown.valid_to,
        "languages": languages_of(notice_shown, language),
    }


def languages_of(notice_shown: PublishedNotice, language: str) -> list[tuple[Any, str]]:
    """The languages of a notice with their addresses."""
    return [(LANGUAGES[tag], page_path(notice_shown.id, tag, language)) for tag in notice_shown.texts]


def context(notice_shown: PublishedNotice, tag: str, language: str) -> dict[str, Any]:
    """What the page of a notice shows."""
    text, language_wanted = notice_shown.text_for(tag), LANGUAGES[tag]
    text_language = LANGUAGES[text.language]
    fallback = NOTICES["fallback"](language).format(name=text_language.name(language))
    return {
        "words": words_in(language),
        "text": text,
        "written": text_language,
        "wanted": language_wanted,
        "fallback": "" if text_language is language_wanted else fallback,
        "issuer": notice_shown.issuer(language),
        "notice": notice_shown,
        "pdf": pdf_of(notice_shown, text),
        "cap": f"{API}/{notice_shown.id}/cap",
        "languages": languages_of(notice_shown, language),
    }


def pdf_of(notice_shown: PublishedNotice, text: PublishedText) -> str:
    """The address of the sheet; empty until it is made."""
    return f"{API}/{notice_shown.id}/{text.language}/pdf" if text.has_sheet else ""
