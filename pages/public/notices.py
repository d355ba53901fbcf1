"""*Varsler*: the notices that hold, one of them in one of its languages, and what stands where a notice was withdrawn.

And *Tilbud*: which services are open, as their organisations have said it, and what is offered to whom.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.utils import timezone

from cases.codelists import ASSISTANCE_SERVICE, CLINIC_SERVICE, PLACE_TYPE, SERVICE, SERVICE_PLACE, SHELTER_KIND
from cases.codelists.types import OTHER, CodeList
from cases.errors import NotFound
from core.text import Text
from notices import reading, status
from notices.crises import LastingCrisis
from notices.errors import NoticeWithdrawn
from notices.languages import LANGUAGES, READ_BY_SPEAKER, Language
from notices.reading import PublishedNotice, PublishedText, page_path, sheet_path, sms_link
from pages.base.frame import PageAddress, answer_page, fill
from pages.public.about.page import PageFact, in_text
from pages.public.words import NOTICES, OFFERS, SERVICES
from publications.annual import sentences
from publications.annual.sentences import AND, OR, capital, listing

LIST, ONE, BARE = "notices", "notice", "notice-bare"
API = "/api/v1/notices"


def notices(request: HttpRequest, language: str) -> HttpResponseBase:
    """The list for the readers of a language (`?language=`). Three statements."""
    tag = request.GET.get("language", language)
    if tag not in LANGUAGES:
        raise Http404
    current_notices = reading.current()
    tags = {each for notice_shown in current_notices for each in notice_shown.texts}
    return answer_page(
        request,
        PageAddress(LIST, language, query="" if tag == language else f"language={tag}"),
        (repr(current_notices),),
        lambda: (
            "public/notices.html",
            {
                "words": words_in(language),
                "wanted": LANGUAGES[tag],
                "languages": [(each, f"?language={each.tag}") for each in LANGUAGES.values() if each.tag in tags],
                "items": [row(each, tag, language) for each in current_notices],
            },
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
        about = {"words": words_in(language), "wanted": LANGUAGES[tag], **instead_of(error.replacement, tag, language)}
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


def instead_of(number: int | None, tag: str, language: str) -> dict[str, Any]:
    """The notice that holds in the place of a withdrawn one, if there is one: its address, and its text for this reader."""
    if number is None:
        return {"instead": ""}
    text = reading.get(number).text_for(tag)
    return {"instead": page_path(number, tag, language), "text": text, "written": LANGUAGES[text.language]}


@dataclass(frozen=True, slots=True)
class CrisisBanner:
    """A crisis that lasts, for the front page. `tags`: the languages in which there are notices of it."""

    title: str
    tags: tuple[str, ...]

    @property
    def languages(self) -> list[Language]:
        return [LANGUAGES[tag] for tag in self.tags]


def banners(crises: Iterable[LastingCrisis], language: str) -> tuple[CrisisBanner, ...]:
    """Crises as the front page tells of them."""
    return tuple(
        CrisisBanner(each.title(language), tuple(tag for tag in LANGUAGES if tag in each.tags)) for each in crises
    )


def words_in(language: str) -> dict[str, str]:
    return {name: text(language) for name, text in NOTICES.items()}


def row(notice_shown: PublishedNotice, tag: str, language: str) -> dict[str, Any]:
    """A notice on the list for the readers of a language."""
    text = notice_shown.text_for(tag)
    return {
        "title": text.title,
        "address": page_path(notice_shown.id, tag, language),
        "written": LANGUAGES[text.language],
        "fallback": fallback_of(text, tag),
        "marks": marks_of(notice_shown, tag),
    }


def marks_of(notice_shown: PublishedNotice, tag: str) -> dict[str, Any]:
    """What stands beside the text for a reader of a language."""
    return {
        "labels": reading.labels(tag),
        "pictograms": reading.PICTOGRAMS,
        "days": reading.days_of(notice_shown, tag),
        "regions": reading.regions_of(notice_shown, tag),
        "issuer": notice_shown.issuer(reading.name_tag(tag)),
        "names": reading.name_tag(tag),
    }


def fallback_of(text: PublishedText, tag: str) -> str:
    """That a text stands in for a missing one, in the reader's language; empty where none is missing."""
    return "" if text.language == tag else LANGUAGES[tag].note(text.language)


def languages_of(notice_shown: PublishedNotice, language: str) -> list[tuple[Any, str]]:
    """The languages of a notice with their addresses."""
    return [(LANGUAGES[tag], page_path(notice_shown.id, tag, language)) for tag in notice_shown.texts]


def context(notice_shown: PublishedNotice, tag: str, language: str) -> dict[str, Any]:
    """What the page of a notice shows."""
    text = notice_shown.text_for(tag)
    return {
        "words": words_in(language),
        "text": text,
        "written": LANGUAGES[text.language],
        "wanted": LANGUAGES[tag],
        "fallback": fallback_of(text, tag),
        "paragraphs": [line for line in text.text.split("\n") if line.strip()],
        "sms": sms_link(text.sms),
        "marks": marks_of(notice_shown, tag),
        "notice": notice_shown,
        "read": READ_BY_SPEAKER[text.by_speaker](language),
        "pdf": pdf_of(notice_shown, text),
        "cap": f"{API}/{notice_shown.id}/cap",
        "languages": languages_of(notice_shown, language),
    }


def pdf_of(notice_shown: PublishedNotice, text: PublishedText) -> str:
    """The address of the sheet; empty until it is made."""
    return sheet_path(notice_shown.id, text.language) if text.has_sheet else ""


SERVICE_LIST = "services"


def services(request: HttpRequest, language: str) -> HttpResponseBase:
    """The list, with the languages of the notices that hold. Three statements."""
    lines = status.public()
    tags = {tag for each in reading.current() for tag in each.texts}
    words = {name: text(language) for name, text in SERVICES.items()}
    context = {
        "words": words,
        "lines": lines,
        "offers": [*offers()],
        "languages": [(each, f"?language={each.tag}") for each in LANGUAGES.values() if each.tag in tags],
    }
    return answer_page(
        request,
        PageAddress(SERVICE_LIST, language),
        (repr(lines), *sorted(tags)),
        lambda: ("public/services.html", context),
    )


def offers() -> tuple[PageFact, ...]:
    """What is offered, and to whom. The kinds are those that services themselves choose from."""
    places = SERVICE_PLACE.by_code
    return (
        PageFact(places["OUTREACH"].label, OFFERS["outreach"]),
        PageFact(
            capital(labels(PLACE_TYPE, OR)),
            sentences.fill(OFFERS["clinic"], services=labels(CLINIC_SERVICE)),
        ),
        PageFact(
            places["SHELTER"].label, sentences.fill(OFFERS["shelter"], kinds=labels(SHELTER_KIND, without="MIXED"))
        ),
        PageFact(OFFERS["hotline_name"], OFFERS["hotline"]),
        PageFact(OFFERS["support_name"], sentences.fill(OFFERS["support"], services=labels(SERVICE))),
        PageFact(OFFERS["identified_name"], sentences.fill(OFFERS["identified"], services=labels(ASSISTANCE_SERVICE))),
    )


def labels(of: CodeList, word: Text = AND, *, without: str = "") -> Text:
    """The codes of a list within a sentence, but those that say nothing of their own."""
    return listing([in_text(each.label) for each in of.codes if each.code not in {OTHER, without}], word)
