"""Members of bodies, made from the fields of the dictionary: each is a type that checks and describes itself.

The codes of every list are types too, each a component of the description.
"""

from __future__ import annotations

from functools import cache, partial
from typing import Annotated, Any, Literal, get_args

from msgspec import UNSET, Meta, UnsetType, defstruct

from api.http.bodies import Body, Month, Schema, about, schema, value
from api.openapi.schemas import enumeration
from cases import tokens
from cases.codelists import CODELISTS
from cases.codelists.changes import label_with_validity
from cases.codelists.types import NOT_APPLICABLE, NOT_ASKED, CodeList
from cases.fields import CodedField, CodeSetField, Field, MonthField, TokenField
from cases.intake.guard.references import UUID4
from cases.intake.values import MOST_CODES
from cases.versions import Status

# Longer lists are not spelled out in a description; their labels are at /api/v1/codelists/{list_id}.
MOST_LABELS = 10


def enum_name(codelist: CodeList) -> str:
    """`age_band` is AgeBandCode."""
    return "".join(part.capitalize() for part in codelist.id.split("_")) + "Code"


def described_codes(codelist: CodeList) -> str:
    """What the list is, with the labels of its codes where they are few."""
    if len(codelist.codes) > MOST_LABELS:
        return f"{codelist.label.en}. Labels: `GET /api/v1/codelists/{codelist.id}`."
    return f"{codelist.label.en}.\n\n" + "\n".join(
        f"* `{code.code}` {label_with_validity(code).en}" for code in codelist.codes
    )


def codes_of(codelist: CodeList) -> Schema:
    return enumeration(codelist.names, described_codes(codelist))


# By the list's id: `Annotated[str, CODES["gender"]]` is one of its codes.
CODES: dict[str, Meta] = {each.id: value(enum_name(each), partial(codes_of, each)) for each in CODELISTS.values()}


# The end of the name of a list's type with a further code.
ENDINGS = {NOT_ASKED: "OrNotAsked", NOT_APPLICABLE: "OrNotApplicable"}
# A type that is made of values has no name to mypy.
Choice: Any = Literal
SetOf: Any = list
Member = tuple[str, Any] | tuple[str, Any, Any]

Reference = Annotated[
    str,
    value(
        "Reference",
        {
            "type": "string",
            "format": "uuid",
            "pattern": UUID4,
            "description": "Your own id of the referral: a UUID of version 4, which cannot carry meaning.",
        },
    ),
]
CaseToken = Annotated[
    str,
    value(
        "CaseToken",
        {"type": "string", "pattern": tokens.PATTERN, "description": "The token of a case, canonical."},
    ),
]
CaseTokenInput = Annotated[
    str,
    value(
        "CaseTokenInput",
        {
            "type": "string",
            "format": "case-token",
            "minLength": tokens.LENGTH + 1,
            "maxLength": 2 * tokens.LENGTH,
            "pattern": tokens.READ_PATTERN,
            "description": "Ten digits of Crockford's base 32 and a check symbol. Read as Crockford says: case, hyphens and "
            "blanks are free, I and L are 1, O is 0.",
        },
    ),
]
SchemaVersion = Annotated[
    str,
    value(
        "SchemaVersion",
        {"type": "string", "description": "The version of the dictionary under which it was stored."},
    ),
]
ReferralStatus = Annotated[str, value("ReferralStatus", partial(enumeration, [*map(str, Status)]))]
Version = Annotated[
    int, Meta(ge=1), schema(format_="int32"), about("Counts up from 1. The ETag is this number in quotes.")
]


@cache
def codes(list_id: str, further: str = "") -> Any:
    """The codes of a list as one type, with another code beside them: clients cannot read a choice between types."""
    names = CODELISTS[list_id].names
    if not further:
        return Annotated[Choice[names], CODES[list_id]]
    name, every = enum_name(CODELISTS[list_id]), (*names, further)
    schema = partial(enumeration, every, f"A code as `{name}`, or `{further}`.")
    return Annotated[Choice[every], value(name + ENDINGS[further], schema)]


def code_of(field: CodedField | CodeSetField) -> Any:
    return codes(field.codelist.id, "".join(set(field.allowed) - set(field.codelist.names)))


def type_of(field: Field, *, answer: bool) -> Any:
    """What a field holds, with its label and, where it is sent, its meaning. In sets of an answer no code repeats."""
    text = field.label.en if answer else f"{field.label.en}. {field.help.en}"
    match field:
        case CodedField():
            return Annotated[code_of(field), about(text)]
        case CodeSetField():
            words = (
                (about(text), schema(uniqueItems=True)) if answer else (about(f"{text} `{NOT_ASKED}` stands alone."),)
            )
            return Annotated[SetOf[code_of(field)], Meta(max_length=MOST_CODES), *words]
        case MonthField():
            return Annotated[Month, about(text)]
        case TokenField():
            return Annotated[CaseToken if answer else CaseTokenInput, about(text)]


def without_words(kind: Any) -> Any:
    """A type without what a member of it means, for a second struct that has the same members."""
    base, *further = get_args(kind)
    return Annotated[base, *(each for each in further if each.description is None)]


def optional(name: str, kind: Any) -> Member:
    """A member that need not be there."""
    return name, kind | UnsetType, UNSET


def or_null(name: str, kind: Any) -> Member:
    """A sent member that need not be there, or may be null, which says the same."""
    return name, kind | None | UnsetType, UNSET


def read_only(name: str, kind: Any) -> Member:
    """A member that the service sets: it is never sent."""
    return name, Annotated[kind, schema(readOnly=True)]


def sent_members(fields: tuple[Field, ...]) -> list[Member]:
    """The members of a record as it is sent."""
    kinds = [(field, type_of(field, answer=False)) for field in fields]
    return [(field.name, kind) if field.required else or_null(field.name, kind) for field, kind in kinds]


def answered_members(fields: tuple[Field, ...]) -> list[Member]:
    """The members of a stored record: all of them are there, save a month that nobody gave."""
    kinds = [(field, type_of(field, answer=True)) for field in fields if not isinstance(field, TokenField)]
    return [
        optional(field.name, kind) if isinstance(field, MonthField) and not field.required else (field.name, kind)
        for field, kind in kinds
    ]


def struct(name: str, about_: str, members: list[Member], *, forbids_others: bool = False) -> Any:
    """A body with these members. `forbids_others`: it takes no others, as what is sent does."""
    return defstruct(
        name, members, bases=(Body,), namespace={"__doc__": about_}, kw_only=True, forbid_unknown_fields=forbids_others
    )
