"""The codes of every list as types, each a component of the description."""

from __future__ import annotations

from functools import partial

from msgspec import Meta

from api.http.bodies import Schema, value
from api.openapi.words import enumeration
from cases.codelists import CODELISTS
from cases.codelists.changes import label_with_validity
from cases.codelists.types import CodeList

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
