"""What the views of notices share: parameters, the 410 of a withdrawn one, and answers that everybody may keep."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from django.utils.translation.trans_real import parse_accept_lang_header
from rest_framework.request import Request

from api.http import parameters
from api.http.problems import ProblemError, ProblemFinding
from api.notices.bodies import NoticeLanguage, NoticeRegion
from api.notices.examples import NUMBER
from api.openapi.parts import Parameter
from cases.errors import NotFound
from core.text import Text, number_in
from notices.choices import regions
from notices.errors import NoticeWithdrawn
from notices.languages import LANGUAGES

REPLACED = Text("Varslet, der gælder i stedet.", "The notice that holds instead.")
NOTICE_ID = Parameter(
    "notice_id",
    "The number of a notice.",
    {"type": "string", "pattern": r"^[1-9]\d{0,8}$"},
    place="path",
    example=str(NUMBER),
)
LANGUAGE = Parameter(
    "language",
    "The language of the text. Where it is not there, English stands in, then Danish, then the language in which the notice was "
    "written: the answer says so. Without it: the first of these languages that Accept-Language names, else English.",
    NoticeLanguage,
)
LANGUAGE_IN_PATH = Parameter(
    "tag", "The language of the text.", NoticeLanguage, place="path", key="notice-language", example="en"
)
REGION = Parameter("region", "What concerns this region, the whole country with it.", NoticeRegion, key="notice-region")


def number_of(text: str) -> int:
    """The number in a path. Raises `NotFound`."""
    number = number_in(text)
    if not number:
        raise NotFound
    return number


def wanted_language(request: Request, texts: Mapping[str, str]) -> str:
    """The language that is asked for. Raises `ProblemError` 400."""
    if "language" in texts:
        if texts["language"] not in LANGUAGES:
            raise parameters.value_problem("language", LANGUAGES)
        return texts["language"]
    tags = parse_accept_lang_header(request.META.get("HTTP_ACCEPT_LANGUAGE", ""))
    tags_named = (tag.partition("-")[0] for tag, quality in tags if quality)
    return next((tag for tag in tags_named if tag in LANGUAGES), "en")


def region_of(texts: Mapping[str, str]) -> str | None:
    """The region that is asked for, if any. Raises `ProblemError` 400."""
    codes_known = [code for code, _ in regions()]
    if "region" in texts and texts["region"] not in codes_known:
        raise parameters.value_problem("region", codes_known)
    return texts.get("region")


def place_of(request: Request) -> str:
    """The address of the notices of this API."""
    return request.build_absolute_uri("/api/v1/notices")


@contextmanager
def replacement_named(request: Request) -> Iterator[None]:
    """Answer 410 for a withdrawn notice, with the address of the one that holds instead."""
    try:
        yield
    except NoticeWithdrawn as error:
        if error.replacement is None:
            raise ProblemError("notice_withdrawn") from None
        place = f"{place_of(request)}/{error.replacement}"
        finding = ProblemFinding(("parameter", NOTICE_ID.name), "notice_replaced", REPLACED, replaced_by=(place,))
        raise ProblemError("notice_withdrawn", [finding], {"Link": f'<{place}>; rel="successor-version"'}) from None
