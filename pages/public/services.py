"""*Tilbud*: which services are open, as their organisations have said it, and what is offered to whom."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase

from cases.codelists import ASSISTANCE_SERVICE, CLINIC_SERVICE, PLACE_TYPE, SERVICE, SERVICE_PLACE, SHELTER_KIND
from cases.codelists.types import OTHER, CodeList
from core.text import Text
from notices import reading, status
from notices.languages import LANGUAGES
from pages.base.frame import PageAddress, answer_page
from pages.public.about.page import PageFact, in_text
from pages.public.notice_words import OFFERS, SERVICES
from publications.annual import sentences
from publications.annual.sentences import AND, OR, capital, listing

NAME = "services"


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
        request, PageAddress(NAME, language), (repr(lines), *sorted(tags)), lambda: ("public/services.html", context)
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
