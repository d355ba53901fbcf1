"""*Åbne tilbud*: which services are open, as their organisations have said it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase

from cases.notices import status
from pages.base.frame import PageAddress, answer_page
from pages.public.notice_words import SERVICES

NAME = "services"


def services(request: HttpRequest, language: str) -> HttpResponseBase:
    """The list. One statement."""
    lines = status.public()
    words = {name: text(language) for name, text in SERVICES.items()}
    return answer_page(
        request,
        PageAddress(NAME, language),
        (repr(lines),),
        lambda: ("public/services.html", {"words": words, "lines": lines}),
    )
