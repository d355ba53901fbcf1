"""Code lists for everybody: labels in both languages, validity, roll-ups, names in other standards, and what becomes of codes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Annotated, Self

from django.http import HttpResponse
from rest_framework.request import Request

from api.http import parameters
from api.http.bodies import Body, Day, LabelBody, Month, about, one_of, schema
from api.http.public import HOUR, PublicView, public_answer
from api.openapi.headers import KEPT
from api.openapi.parts import KEPT_ALREADY, Answer, Example, Parameter, endpoint
from cases.codelists import CODELISTS
from cases.codelists.changes import CodeChange, CodeChangeKind, changes, changes_of
from cases.codelists.common import code, code_list, notice, retire
from cases.codelists.types import Code, CodeList, Level
from cases.errors import NotFound
from core.text import Text

Size = Annotated[int, schema(format_="int32"), about("How many codes it has.")]
ValidFrom = Annotated[Day | None, about("The first day on which new data may carry it.")]
ValidTo = Annotated[Day | None, about("The last day on which new data may carry it; stored data keep it.")]
Replaces = Annotated[list[str], about("The codes that it takes the place of.")]
ReplacedBy = Annotated[list[str], about("Its successors, where it is retired: several where it was split.")]


class CodeGroupBody(Body):
    """The coarser code of a level that a code rolls up to."""

    level: Annotated[str, about("The id of the level.")]
    code: str
    since: Annotated[Month | None, about("The first month; null for all before the next, and where no month matters.")]


class CodeBody(Body):
    """A code."""

    code: str
    label: LabelBody
    parent: Annotated[str | None, about("The code one level up inside the same list.")]
    valid_from: ValidFrom
    valid_to: ValidTo
    replaces: Replaces
    replaced_by: ReplacedBy
    maps: Annotated[dict[str, str], about("Its name in other standards.")]
    groups: Annotated[list[CodeGroupBody], about("What it rolls up to; a code of a level to nothing.")]

    @classmethod
    def of(cls, code: Code, replaces: tuple[str, ...] = (), levels: Iterable[Level] = ()) -> Self:
        """A code, those that it takes the place of, and what it rolls up to."""
        return cls(
            code=code.code,
            label=LabelBody.of(code.label),
            parent=code.parent,
            valid_from=code.valid_from.isoformat() if code.valid_from else None,
            valid_to=code.valid_to.isoformat() if code.valid_to else None,
            replaces=list(replaces),
            replaced_by=list(code.replaced_by),
            maps=dict(code.maps),
            groups=[
                CodeGroupBody(level.id, parent, f"{month:%Y-%m}" if place else None)
                for level in levels
                for place, (month, parent) in enumerate(level.steps(code.code))
            ],
        )


class LevelBody(Body):
    """A roll-up: coarser codes that partition the list."""

    id: str
    label: LabelBody
    dated: Annotated[bool, about("Whether the roll-up depends on the month, as EU membership and regions do.")]
    codes: list[CodeBody]

    @classmethod
    def of(cls, codelist: CodeList, level: Level) -> Self:
        """A level of a list with its codes."""
        codes = [CodeBody.of(code, codelist.predecessors(code.code)) for code in level.codes]
        return cls(level.id, LabelBody.of(level.label), level.dated, codes)


class CodeListSummaryBody(Body):
    """A code list without its codes."""

    id: str
    label: LabelBody
    version: str
    codes: Size

    @classmethod
    def of(cls, codelist: CodeList) -> Self:
        return cls(codelist.id, LabelBody.of(codelist.label), codelist.version, len(codelist.codes))


class CodeListsBody(Body):
    """The code lists."""

    items: list[CodeListSummaryBody]


class CodeListBody(Body):
    """A code list with its codes and levels."""

    id: str
    label: LabelBody
    version: str
    codes: list[CodeBody]
    levels: list[LevelBody]

    @classmethod
    def of(cls, codelist: CodeList, only: frozenset[str] | None = None) -> Self:
        """A list; `only`: of its codes these."""
        codes = [code for code in codelist.codes if only is None or code.code in only]
        return cls(
            codelist.id,
            LabelBody.of(codelist.label),
            codelist.version,
            [CodeBody.of(code, codelist.predecessors(code.code), codelist.levels) for code in codes],
            [LevelBody.of(codelist, level) for level in codelist.levels],
        )


class CodeListChangeBody(Body):
    """One change of one code."""

    codelist: Annotated[str, about("The id of the list.")]
    version: Annotated[str, about("The version of the list that brings the change.")]
    kind: Annotated[str, one_of(CodeChangeKind), about("A split is also a retirement.")]
    code: Annotated[str, about("A code of the list, or of one of its levels.")]
    label: LabelBody
    was: Annotated[LabelBody | None, about("The label before it was put in other words.")]
    replaces: Replaces
    replaced_by: ReplacedBy
    valid_from: ValidFrom
    valid_to: ValidTo
    announced: Annotated[Day, about("The day since which it is known.")]
    text: LabelBody

    @classmethod
    def of(cls, change: CodeChange) -> Self:
        """A change with the code as it is now."""
        code, notice = CodeBody.of(change.code, change.codelist.predecessors(change.code.code)), change.notice
        return cls(
            codelist=change.codelist.id,
            version=notice.version,
            kind=change.kind,
            code=code.code,
            label=code.label,
            was=LabelBody.of(change.was) if change.was else None,
            replaces=code.replaces,
            replaced_by=code.replaced_by,
            valid_from=code.valid_from,
            valid_to=code.valid_to,
            announced=notice.announced.isoformat(),
            text=LabelBody.of(notice.text),
        )


class CodeListChangesBody(Body):
    """What becomes of codes."""

    items: list[CodeListChangeBody]


SPLIT = notice("1.1", date(2027, 1, 1), "Værestedet deles i dag og nat.", "Day and night are told apart.")
DROP_IN = retire(
    code("DROP_IN", "Drop-in-center", "Drop-in centre"), date(2027, 6, 30), SPLIT, "DROP_IN_DAY", "DROP_IN_NIGHT"
)
SETTING = code_list("setting", "Sted for kontakten", "Setting of the contact", (DROP_IN,), version="1.1")


def example_changes() -> CodeListChangesBody:
    return CodeListChangesBody([CodeListChangeBody.of(each) for each in changes_of(SETTING, SETTING.codes[0])])


CODE_LISTS = Example(
    "CodeLists",
    "Two of them",
    lambda: CodeListsBody([CodeListSummaryBody.of(CODELISTS[name]) for name in ("region", "gender")]),
)
CODE_LIST_CHANGES = Example("CodeListChanges", "A code is split", example_changes)
CODE_LIST = Example("CodeList", "Gender", lambda: CodeListBody.of(CODELISTS["gender"]))


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
def body_on(list_id: str, day: date | None) -> CodeListBody:
    """A code list with its levels and the codes that are in force on a day (without one, all of them)."""
    codelist = CODELISTS[list_id]
    return CodeListBody.of(codelist, None if day is None else frozenset(codelist.in_force(day)))


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
        Answer(200, "The lists.", CodeListsBody, [CODE_LISTS], KEPT),
        KEPT_ALREADY,
    )
    def get(self, request: Request) -> HttpResponse:
        """The lists, without their codes."""
        body = CodeListsBody([CodeListSummaryBody.of(codelist) for codelist in CODELISTS.values()])
        return public_answer(request, body, cache=HOUR)


class CodelistDetail(PublicView):
    """One code list."""

    @endpoint(
        "readCodelist",
        "Read a code list",
        CODES,
        Answer(200, "The list.", CodeListBody, [CODE_LIST], KEPT),
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
        Answer(200, "The changes.", CodeListChangesBody, [CODE_LIST_CHANGES], KEPT),
        KEPT_ALREADY,
        parameters=[SINCE],
    )
    def get(self, request: Request) -> HttpResponse:
        """Added, retired, split and reworded codes, the first announced in front."""
        texts = parameters.read(request, ("since",))
        recent = changes(CODELISTS.values(), day_of("since", texts))
        body = CodeListChangesBody([CodeListChangeBody.of(change) for change in recent])
        return public_answer(request, body, cache=HOUR)
