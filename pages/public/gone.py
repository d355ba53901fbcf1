"""The page of what was withdrawn and has no replacement: 410, with the reason."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, cast

from django.http import HttpRequest, HttpResponseBase

from cases.months import COPENHAGEN
from pages.base.frame import PageAddress, fill
from pages.public.release_words import RELEASE
from stats.errors import ReleaseGone


def telling_gone[**Rest](
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
