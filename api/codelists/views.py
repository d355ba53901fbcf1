"""Code lists for everybody: labels in both languages, validity, roll-ups, names in other standards, and what becomes of codes."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from django.http import HttpResponse
from rest_framework.request import Request

from api.codelists import bodies
from api.http import parameters
from api.http.bodies import Day
from api.http.public import HOUR, PublicView, public_answer
from api.openapi.headers import KEPT
from api.openapi.parts import KEPT_ALREADY, Answer, Parameter, endpoint
from cases.codelists import CODELISTS
from cases.codelists.changes import changes
from cases.errors import NotFound
from core.text import Text

DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
DATE_EXPECTED = Text("En dato som ÅÅÅÅ-MM-DD.", "A date as YYYY-MM-DD.")
LIST_ID = Parameter(
    "list_id", "The id of a code list.", {"type": "string", "enum": list(CODELISTS)}, place="path", example="gender"
)
ON = Parameter("on", "Only the codes that new data may carry on this day.", Day, example="2027-07-01")
SINCE = Parameter("since", "What was announced on this day or later.", Day, example="2027-01-01")
BECOMES = (
    "Codes that were added, retired, split or put in other words, the first announced in front. Ask now and then, with "
    "`since` and the day on which you asked before. While a code is going to be retired, it is accepted, and the answer to a "
    "write that has it carries `Deprecation` and `Sunset`."
)
CODES = "Codes with labels, validity and successors, the coarser levels that they roll up to, and their names in other standards."


@lru_cache(maxsize=64)
def body_on(list_id: str, day: date | None) -> bodies.CodeListBody:
    """A code list with its levels and the codes that are in force on a day (without one, all of them)."""
    codelist = CODELISTS[list_id]
    return bodies.CodeListBody.of(codelist, None if day is None else frozenset(codelist.in_force(day)))


def day_of(name: str, texts: dict[str, str]) -> date | None:
    """The date in a parameter, if it is there. Raises `ProblemError` 400."""
    if name not in texts:
        return None
    try:
        if DAY.fullmatch(texts[name]):
            return date.fromisoformat(texts[name])
    except ValueError:
        pass
    raise parameters.value_problem(name, detail=DATE_EXPECTED, code="date_expected")


class CodelistList(PublicView):
    """Every code list."""

    @endpoint(
        "listCodelists",
        "List the code lists",
        "Without their codes.",
        Answer(200, "The lists.", bodies.CodeListsBody, [bodies.CODE_LISTS], KEPT),
        KEPT_ALREADY,
    )
    def get(self, request: Request) -> HttpResponse:
        """The lists, without their codes."""
        body = bodies.CodeListsBody([bodies.CodeListSummaryBody.of(codelist) for codelist in CODELISTS.values()])
        return public_answer(request, body, cache=HOUR)


class CodelistDetail(PublicView):
    """One code list."""

    @endpoint(
        "readCodelist",
        "Read a code list",
        CODES,
        Answer(200, "The list.", bodies.CodeListBody, [bodies.CODE_LIST], KEPT),
        KEPT_ALREADY,
        parameters=[LIST_ID, ON],
        problems=("not_found",),
    )
    def get(self, request: Request, list_id: str) -> HttpResponse:
        """Codes and levels."""
        parameters_given = parameters.read(request, ("on",))
        if list_id not in CODELISTS:
            raise NotFound
        return public_answer(request, body_on(list_id, day_of("on", parameters_given)), cache=HOUR)


class CodelistChanges(PublicView):
    """What becomes of codes."""

    @endpoint(
        "listCodelistChanges",
        "What becomes of codes",
        BECOMES,
        Answer(200, "The changes.", bodies.CodeListChangesBody, [bodies.CODE_LIST_CHANGES], KEPT),
        KEPT_ALREADY,
        parameters=[SINCE],
    )
    def get(self, request: Request) -> HttpResponse:
        """Added, retired, split and reworded codes, the first announced in front."""
        texts = parameters.read(request, ("since",))
        recent = changes(CODELISTS.values(), day_of("since", texts))
        body = bodies.CodeListChangesBody([bodies.CodeListChangeBody.of(change) for change in recent])
        return public_answer(request, body, cache=HOUR)
