"""What is sent and answered of count reports: a struct for each form, made from the table of forms."""

from __future__ import annotations

from functools import partial
from typing import Annotated, Any

from msgspec import UNSET, Meta, UnsetType, defstruct

from api.http.bodies import MINIMAL, Body, Moment, about, schema, value
from api.openapi.schemas import enumeration
from api.reference.members import CODES, Version
from cases.codelists.types import NOT_ASKED
from cases.services.content import MOST, MOST_LINES
from cases.services.expectations import CountExpectation
from cases.services.forms import FORMS
from cases.services.periods import EXPECTED, WEEK, CountPeriodState
from cases.services.shapes import CountForm, CountPeriodKind, CountTable

PATTERNS = {
    CountPeriodKind.WEEK: WEEK.pattern,
    CountPeriodKind.MONTH: r"2\d{3}-(0[1-9]|1[0-2])",
    CountPeriodKind.YEAR: r"2\d{3}",
}
# A type that is made of values has no name to mypy.
LineList: Any = list
NUMBER: Any = Annotated[int, Meta(ge=0, le=MOST), schema(format_="int32")] | None


def camel(name: str) -> str:
    """`first_contacts` is FirstContacts, and so is `FIRST_CONTACTS`."""
    return "".join(part.capitalize() for part in name.split("_"))


def line_struct(form: CountForm, table: CountTable) -> Any:
    """A line of a table. A number may be left out, which is the same as null: not known."""
    codes = [
        (each.name, Annotated[str | UnsetType, CODES[each.codelist.id]], UNSET)
        if each.is_optional
        else (each.name, Annotated[str, CODES[each.codelist.id]])
        for each in table.dimensions
    ]
    numbers = [(each.name, Annotated[NUMBER | UnsetType, about(words(each))], UNSET) for each in table.measures]
    about_line = f"A line of {table.label.en.lower()}. Null is not known, 0 is known none."
    if optional := [each.name for each in table.dimensions if each.is_optional]:
        about_line += f" It may leave out {', '.join(optional)}: that is `{NOT_ASKED}`."
    return defstruct(
        f"{camel(form.id)}{camel(table.name)}LineBody",
        [*codes, *numbers],
        bases=(Body,),
        kw_only=True,
        namespace={"__doc__": about_line, "__module__": __name__},
    )


def words(measure: Any) -> str:
    return ". ".join(filter(None, (measure.label.en, measure.help.en.rstrip("."))))


def tables_of(form: CountForm) -> list[tuple[str, Any, Any]]:
    """The tables of a form as members: absent or null is not known, an empty list is known none."""
    return [(table.name, table_type(form, table), UNSET) for table in form.tables]


def table_type(form: CountForm, table: CountTable) -> Any:
    lines: Any = Annotated[LineList[LINES[form.id, table.name]], Meta(max_length=MOST_LINES)]
    return Annotated[
        lines | UnsetType | None, about(f"{table.label.en}. Left out or null: not known. Empty: there was nothing.")
    ]


LINES: dict[tuple[str, str], Any] = {
    (form.id, table.name): line_struct(form, table) for form in FORMS.values() for table in form.tables
}


def rules_of(form: CountForm) -> str:
    """The rules between numbers, each with the code that an error gives."""
    lines = "\n".join(f"* `{each.code}`: {each.detail.en}" for each in form.checks)
    return f"\n\nRules, each with the code that an error gives:\n\n{lines}" if lines else ""


INPUTS: dict[str, Any] = {
    form.id: defstruct(
        f"{camel(form.id)}Input",
        tables_of(form),
        bases=(Body,),
        kw_only=True,
        forbid_unknown_fields=True,
        namespace={"__doc__": f"{form.label.en}. {form.about.en}{rules_of(form)}", "__module__": __name__},
    )
    for form in FORMS.values()
}

CountPeriodId = Annotated[
    str,
    value(
        "CountPeriodId",
        {
            "type": "string",
            "pattern": "^(" + "|".join(PATTERNS.values()) + ")$",
            "description": " ".join(each.en for each in EXPECTED.values()),
        },
    ),
]
FormId = Annotated[
    str,
    value(
        "CountFormId", {"type": "string", "enum": [*FORMS], "description": "A form; see `GET /api/v1/counts/forms`."}
    ),
]


class CountWarningBody(Body):
    """What is asked of a report that is unlike your earlier ones. It refuses nothing and repeats no number."""

    pointer: Annotated[str, about("The table, or `#` of the whole report.")]
    measure: Annotated[str | None, about("The number of the table whose total it is. null: the whole report.")]
    code: Annotated[str, about("See `/problems/{code}`.")]
    detail: Annotated[str, about("In the language of the request.")]


HEAD: list[tuple[str, Any]] = [
    ("form", FormId),
    ("period", CountPeriodId),
    ("version", Version),
    ("form_version", Annotated[str, about("The version of the form under which it was stored.")]),
    ("recorded_at", Moment),
]
# A type that is made of values has no name to mypy.
Warnings: Any = Annotated[
    list[CountWarningBody], about("What is asked of it. Empty: nothing. It is stored all the same.")
]
BODIES: dict[str, Any] = {
    form.id: defstruct(
        f"{camel(form.id)}ReportBody",
        [*HEAD, ("content", INPUTS[form.id])],
        bases=(Body,),
        namespace={"__doc__": f"The current version of a report: {form.label.en.lower()}.", "__module__": __name__},
    )
    for form in FORMS.values()
}
WRITTEN_BODIES: dict[str, Any] = {
    form.id: defstruct(
        f"{camel(form.id)}WrittenBody",
        [*HEAD, ("warnings", Warnings), ("content", Annotated[INPUTS[form.id] | UnsetType, about(MINIMAL)], UNSET)],
        bases=(Body,),
        namespace={"__doc__": f"What is stored and asked: {form.label.en.lower()}.", "__module__": __name__},
    )
    for form in FORMS.values()
}


STATES = {
    CountPeriodState.NOT_DUE: "nothing has come, and there is time until `due_at`",
    CountPeriodState.RECEIVED: "it first came before it was due",
    CountPeriodState.LATE: "it first came when it was due already",
    CountPeriodState.MISSING: "it was due, and nothing has come",
}


class CountMeasureBody(Body):
    """A number of a line."""

    name: str
    label: str
    help: str
    unit: Annotated[str, about("What is counted. Numbers of two units are never added.")]
    kind: Annotated[str, about("`flow`: what happened in the period. `stock`: how it stood at its end.")]


class CountDimensionBody(Body):
    """What lines are divided by."""

    name: str
    label: str
    codelist: Annotated[str, about("See `GET /api/v1/codelists/{list_id}`.")]
    optional: Annotated[bool, about("A line may leave it out: nobody asked (`_N`).")]


class CountTableBody(Body):
    """A table of a form."""

    name: str
    label: str
    dimensions: list[CountDimensionBody]
    measures: list[CountMeasureBody]


class CountFormBody(Body):
    """A form."""

    id: FormId
    label: str
    about: str
    period: Annotated[str, about("`week`, `month` or `year`.")]
    version: str
    tables: list[CountTableBody]


class CountFormsBody(Body):
    """Every form."""

    items: list[CountFormBody]


class CountReportRowBody(Body):
    """A report without its numbers, and what is asked of it."""

    form: FormId
    period: CountPeriodId
    version: Version
    recorded_at: Moment
    warnings: Warnings


class CountReportsBody(Body):
    """Your reports of a form, the latest period first."""

    items: list[CountReportRowBody]


STATE_TEXTS = "\n".join(f"* `{state}` {text}" for state, text in STATES.items())
StateOfPeriod = Annotated[
    str, value("CountPeriodState", partial(enumeration, [*map(str, CountPeriodState)], STATE_TEXTS))
]


class CountExpectationBody(Body):
    """A form that is expected of you for a period."""

    form: FormId
    period: CountPeriodId
    due_at: Annotated[Moment, about("The end of the last day, at midnight in Copenhagen. What comes then is late.")]
    state: StateOfPeriod
    first_at: Annotated[Moment | None, about("When it was first reported. A correction changes nothing of it.")]


class CountExpectationsBody(Body):
    """What is expected of you, form by form, the latest period first."""

    items: list[CountExpectationBody]


def expectation_body(expectation: CountExpectation) -> CountExpectationBody:
    """An expectation as it is answered. The deadline is on the clock of Copenhagen, so that its day can be read."""
    first_at = expectation.first_at
    return CountExpectationBody(
        form=expectation.form.id,
        period=expectation.period.id,
        due_at=expectation.due_at.isoformat(),
        state=str(expectation.state),
        first_at=first_at.isoformat() if first_at else None,
    )


def form_body(form: CountForm, language: str) -> CountFormBody:
    return CountFormBody(
        id=form.id,
        label=form.label(language),
        about=form.about(language),
        period=str(form.period),
        version=form.version,
        tables=[table_body(table, language) for table in form.tables],
    )


def table_body(table: CountTable, language: str) -> CountTableBody:
    return CountTableBody(
        name=table.name,
        label=table.label(language),
        dimensions=[
            CountDimensionBody(each.name, each.label(language), each.codelist.id, each.is_optional)
            for each in table.dimensions
        ],
        measures=[
            CountMeasureBody(each.name, each.label(language), each.help(language), str(each.unit), str(each.kind))
            for each in table.measures
        ],
    )
