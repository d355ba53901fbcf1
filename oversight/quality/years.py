"""The year that an address asks for."""

from __future__ import annotations

from django.http import Http404, HttpRequest

from cases.months import FIRST_MONTH, today


def year_asked(request: HttpRequest, last: int | None = None) -> int:
    """The year in the address; the present one where it names none. Raises `Http404` for one after `last` (None: the present)."""
    return year_of(request.GET.get("year", str(today().year)), last)


def year_of(text: str, last: int | None = None) -> int:
    """A year from the first that there is to the last one (None: the present). Raises `Http404`."""
    if not (text.isascii() and text.isdecimal() and len(text) == 4):
        raise Http404
    if not FIRST_MONTH.year <= int(text) <= (last or today().year):
        raise Http404
    return int(text)
