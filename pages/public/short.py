"""Short addresses of tables: they lead to the page in the language of the reader."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.cache import patch_vary_headers

from pages.base.addresses import language_of
from pages.base.frame import PageAddress
from pages.public import tables
from pages.public.table_links import table_of_code
from stats.errors import QueryRefused
from stats.reading.datasets import READABLE
from stats.reading.query import parse

NAME = "short"


def short(request: HttpRequest, code: str) -> HttpResponse:
    """The redirect to the page that a code is of. Raises `Http404` for what is none."""
    try:
        dataset, texts = table_of_code(code)
        if texts.keys() - tables.parameters(READABLE[dataset]):
            raise ValueError("a parameter that no page has")
        parse(READABLE[dataset], {name: text for name, text in texts.items() if name != tables.SHOW})
    except (ValueError, KeyError, QueryRefused):
        raise Http404 from None
    place = PageAddress(tables.NAME, language := language_of(request), {"dataset": dataset}, urlencode(texts, safe=","))
    response = HttpResponseRedirect(place.address(language))
    patch_vary_headers(response, ("Accept-Language",))
    return response
