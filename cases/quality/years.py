"""The year that an address asks for."""

from __future__ import annotations

from django.http import Http404, HttpRequest

from cases.months import FIRST_MONTH, today


def year_asked(request: HttpRequest) -> int:
    """The year in the address; the present one where it names none. Raises `Http404`."""
    return year_of(request.GET.get("year", str(today().year)))


def year_of(text: str) -> int:
    """A year from the first that there is to the present one. Raises `Http404`."""
    if not (text.isascii() and text.isdecimal() and len(text) == 4):
        raise Http404
    if not FIRST_MONTH.year <= int(text) <= today().year:
        raise Http404
    return int(text)
