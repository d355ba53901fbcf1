"""Templates of referrals for everybody, and invented rows for a partner's rehearsal."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, partial
from typing import Any

from django.http import HttpResponse
from rest_framework.request import Request
from rest_framework.views import APIView

from api.http import parameters
from api.http.authentication import principal
from api.http.bodies import BINARY
from api.http.negotiation import LANGUAGES, AnyNegotiation, language_of, render_json
from api.http.problems import ProblemError, ProblemFinding
from api.http.public import HOUR, PublicView, tag_of
from api.http.request_headers import is_unchanged
from api.openapi.headers import CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_LANGUAGE, ETAG_FILE
from api.openapi.parts import JSON, LANG, Answer, Example, Parameter, endpoint
from cases.errors import NotFound
from cases.intake.readers import formats
from cases.intake.readers.formats import MEDIA_TYPES
from cases.intake.templates import files, schemas
from cases.intake.templates.columns import example, fresh_references
from cases.months import this_month, today
from core.text import Text
from partners.credentials import Principal
from partners.kinds import Mode, Scope
from sandbox.rehearsal import Row, rehearsal

DAY, LANGUAGE = date(2025, 3, 14), "en"
FIRST = 2
JSON_OBJECT: Any = dict[str, Any]


def beginning_of_table_schema() -> dict[str, Any]:
    """The first columns."""
    whole = schemas.table_schema(LANGUAGE, DAY)
    return {**whole, "fields": whole["fields"][:FIRST]}


def beginning_of_json_schema() -> dict[str, Any]:
    whole = schemas.json_schema(LANGUAGE, DAY)
    return {name: whole[name] for name in ("$schema", "title", "version")}


WORKBOOK = Example("TemplateWorkbook", "Its first bytes", lambda: "PK\u0003\u0004")
CSV_LINES = Example("TemplateCsv", "The heads and the example", lambda: files.empty_csv(LANGUAGE).decode())
ROW = Example("RehearsalNdjson", "A row", lambda: render_json(example()).decode() + "\n")
JSON_SCHEMA = Example("TemplateJsonSchema", "Its beginning", beginning_of_json_schema)
TABLE_SCHEMA = Example("TemplateTableSchema", "Its first columns", beginning_of_table_schema)


XLSX, CSV, NDJSON = MEDIA_TYPES[formats.XLSX], MEDIA_TYPES[formats.CSV], MEDIA_TYPES[formats.NDJSON]
SCHEMA = "application/schema+json"
# What is random in it is for one person: a copy that is kept would give the same references to two.
NEVER_KEPT = {"Cache-Control": "no-store"}
HEADERS = (CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_LANGUAGE)
TEMPLATE = (
    "`xlsx` and `csv` are to be filled in: a column a field, headed by its label, and an example that is refused if it is "
    "left in. The workbook has lists, help, a guide, and 500 rows with new references in each copy. `schema.json` is a JSON "
    "Schema of an array of rows, `table-schema.json` a Table Schema of a CSV with codes; both have the codes in force today."
)
REHEARSE = (
    "Forty invented rows of your organisation for a client in test mode: send them as you will send real ones. They are the "
    "same ones all month, and others for a new version of the dictionary. With `errors=2` two of them break a rule. A live "
    "partner's row with one of their references is refused."
)


@dataclass(frozen=True, slots=True)
class TemplateForm:
    """A form of a template: its media type, and what makes it in a language on a day."""

    media_type: str
    make: Callable[[str, date], bytes]
    is_random: bool = False


def empty_workbook(language: str, day: date) -> bytes:
    """A workbook with references that no other copy has."""
    return files.empty_workbook(language, day, fresh_references())


def as_json(make: Callable[[str, date], Any], language: str, day: date) -> bytes:
    """What is made, as JSON."""
    return render_json(make(language, day))


TEMPLATES = {
    "xlsx": TemplateForm(XLSX, empty_workbook, is_random=True),
    "csv": TemplateForm(CSV, lambda language, _: files.empty_csv(language)),
    "schema.json": TemplateForm(SCHEMA, partial(as_json, schemas.json_schema)),
    "table-schema.json": TemplateForm(JSON, partial(as_json, schemas.table_schema)),
}
REHEARSALS: dict[str, tuple[str, Callable[[str, list[Row]], bytes]]] = {
    "xlsx": (XLSX, lambda language, rows: files.filled_workbook(language, today(), rows)),
    "csv": (CSV, files.csv_file),
    "ndjson": (NDJSON, lambda _, rows: b"".join(render_json(row) + b"\n" for row in rows)),
}
MISTAKES = "2"
INVENTED = Text(
    "Prøvefiler har opdigtede henvisninger, som aldrig må stå blandt virkelige. Hent dem med jeres testklient. Et tomt skema er "
    "for alle: GET /api/v1/templates/referrals.xlsx.",
    "Files for test mode have invented referrals, which must never stand among real ones. Fetch them with your test client. An "
    "empty template is for everybody: GET /api/v1/templates/referrals.xlsx.",
)


@lru_cache(maxsize=16)
def lasting_content(form: str, language: str, day: date) -> bytes:
    """A template in which nothing is random."""
    return TEMPLATES[form].make(language, day)


def path_parameter(key: str, forms: dict[str, Any]) -> Parameter:
    return Parameter("form", "The form of the file.", {"type": "string", "enum": [*forms]}, place="path", key=key)


class ReferralTemplate(PublicView):
    """What is filled in, and its schemas."""

    content_negotiation_class = AnyNegotiation

    @endpoint(
        "readTemplate",
        "Fetch a template of referrals, or its schema",
        TEMPLATE,
        Answer(
            200,
            "The file.",
            JSON_OBJECT,
            [TABLE_SCHEMA],
            (ETAG_FILE, *HEADERS),
            also={
                XLSX: (BINARY, WORKBOOK),
                CSV: (str, CSV_LINES),
                SCHEMA: (JSON_OBJECT, JSON_SCHEMA),
            },
        ),
        Answer(304, "You have it.", headers=(ETAG_FILE, CACHE_CONTROL), key="Unchanged.file"),
        parameters=[path_parameter("form-template", TEMPLATES), LANG],
        problems=("not_found",),
    )
    def get(self, request: Request, form: str) -> HttpResponse:
        """The file, in the language that is asked for."""
        language = read_language(request, parameters.read(request, ("lang",)))
        if form not in TEMPLATES:
            raise NotFound
        kind = TEMPLATES[form]
        if kind.is_random:
            return file_answer(kind.make(language, today()), kind.media_type, f"referrals_{language}.{form}", language)
        return lasting_answer(request, form, language)


class ReferralRehearsal(APIView):
    """Invented rows."""

    scopes = {"GET": Scope.REFERRALS_WRITE}
    content_negotiation_class = AnyNegotiation

    @endpoint(
        "readRehearsal",
        "Fetch invented referrals for test mode",
        REHEARSE,
        Answer(
            200,
            "The file.",
            headers=HEADERS,
            also={
                XLSX: (BINARY, WORKBOOK),
                CSV: (str, CSV_LINES),
                NDJSON: (str, ROW),
            },
        ),
        parameters=[
            path_parameter("form-rehearsal", REHEARSALS),
            Parameter("errors", "How many rows break a rule.", {"type": "string", "enum": ["0", MISTAKES]}),
            LANG,
        ],
        problems=("not_found", "test_mode_only"),
    )
    def get(self, request: Request, form: str) -> HttpResponse:
        """Forty rows of the caller, which it may send in test mode."""
        texts = parameters.read(request, ("errors", "lang"))
        language = read_language(request, texts)
        if texts.get("errors", MISTAKES) not in {"0", MISTAKES}:
            raise parameters.value_problem("errors", ("0", MISTAKES))
        if form not in REHEARSALS:
            raise NotFound
        rows = rows_for(principal(request), wrong=texts.get("errors") == MISTAKES)
        media_type, make = REHEARSALS[form]
        return file_answer(make(language, rows), media_type, f"rehearsal_{language}.{form}", language)


def rows_for(who: Principal, *, wrong: bool) -> list[Row]:
    """The invented rows of a partner in this month. Raises `ProblemError` 403 for one that is live."""
    if who.mode != Mode.TEST:
        raise ProblemError("test_mode_only", [ProblemFinding(("parameter", "form"), "rows_are_invented", INVENTED)])
    return rehearsal(who.partner_id, who.kind, this_month(), wrong=wrong)


def read_language(request: Request, texts: dict[str, str]) -> str:
    """The language of a file: the parameter goes before the header. Raises `ProblemError` 400."""
    if texts.get("lang", LANGUAGES[0]) not in LANGUAGES:
        raise parameters.value_problem("lang", LANGUAGES)
    return texts.get("lang") or language_of(request)


def lasting_answer(request: Request, form: str, language: str) -> HttpResponse:
    """A file in which nothing is random, with its tag, or 304."""
    content = lasting_content(form, language, today())
    return lasting_file(request, content, TEMPLATES[form].media_type, f"referrals_{language}.{form}", language)


def lasting_file(request: Request, content: bytes, media_type: str, name: str, language: str) -> HttpResponse:
    """A file that is the same for everybody, with its tag, or 304."""
    headers = {"ETag": tag_of(content), "Cache-Control": HOUR}
    if is_unchanged(request, headers["ETag"]):
        return HttpResponse(status=304, headers=headers)
    return file_answer(content, media_type, name, language, headers)


def file_answer(
    content: bytes, media_type: str, name: str, language: str, headers: Mapping[str, str] = NEVER_KEPT
) -> HttpResponse:
    """A file to be saved. Without other headers nobody keeps it for others."""
    words = {"Content-Disposition": f'attachment; filename="{name}"', "Content-Language": language}
    return HttpResponse(content, content_type=media_type, headers={**words, **headers})
