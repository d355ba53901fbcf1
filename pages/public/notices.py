"""*Varsler*: the notices that hold, one of them in one of its languages, and what stands where a notice was withdrawn."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.utils import timezone

from cases.errors import NotFound
from cases.notices import reading
from cases.notices.addresses import page_path
from cases.notices.errors import NoticeWithdrawn
from cases.notices.languages import LANGUAGES
from cases.notices.reading import PublishedNotice, PublishedText
from pages.base.frame import PageAddress, answer_page, fill
from pages.public.notice_words import NOTICES

LIST, ONE, BARE = "notices", "notice", "notice-bare"
API = "/api/v1/notices"


def notices(request: HttpRequest, language: str) -> HttpResponseBase:
    """The list. Three statements."""
    found = reading.current()
    return answer_page(
        request,
        PageAddress(LIST, language),
        (repr(found),),
        lambda: (
            "public/notices.html",
            {"words": words_in(language), "items": [row(each, language) for each in found]},
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
        found = reading.get(number)
    except NotFound:
        raise Http404 from None
    except NoticeWithdrawn as withdrawn:
        instead = page_path(withdrawn.replacement, tag, language) if withdrawn.replacement else ""
        about = {"words": words_in(language), "instead": instead}
        answer = fill(request, place, "public/notice_gone.html", about, status=410)
        answer["Cache-Control"] = "no-store"
        return answer
    is_over = found.valid_to <= timezone.now()
    return answer_page(
        request,
        place,
        (repr(found), str(is_over)),
        lambda: ("public/notice.html", {**context(found, tag, language), "is_over": is_over}),
    )


def words_in(language: str) -> dict[str, str]:
    """The words of the pages."""
    return {name: text(language) for name, text in NOTICES.items()}


def row(found: PublishedNotice, language: str) -> dict[str, Any]:
    """A notice on the list."""
    text = found.text_for(language)
    return {
        "title": text.title,
        "written": LANGUAGES[text.language],
        "issuer": found.issuer(language),
        "valid_to": found.valid_to,
        "languages": languages_of(found, language),
    }


def languages_of(found: PublishedNotice, language: str) -> list[tuple[Any, str]]:
    """The languages of a notice with their addresses."""
    return [(LANGUAGES[tag], page_path(found.id, tag, language)) for tag in found.texts]


def context(found: PublishedNotice, tag: str, language: str) -> dict[str, Any]:
    """What the page of a notice shows."""
    text, wanted = found.text_for(tag), LANGUAGES[tag]
    written = LANGUAGES[text.language]
    fallback = NOTICES["fallback"](language).format(name=written.name(language))
    return {
        "words": words_in(language),
        "text": text,
        "written": written,
        "wanted": wanted,
        "fallback": "" if written is wanted else fallback,
        "issuer": found.issuer(language),
        "notice": found,
        "pdf": pdf_of(found, text),
        "cap": f"{API}/{found.id}/cap",
        "languages": languages_of(found, language),
    }


def pdf_of(found: PublishedNotice, text: PublishedText) -> str:
    """The address of the sheet; empty until it is made."""
    return f"{API}/{found.id}/{text.language}/pdf" if text.has_sheet else ""
