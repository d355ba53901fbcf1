"""Serializer fields and serializers made from the dictionary: they check shape, `cases` owns the rules.

Strict throughout: DRF's own fields turn numbers into text and pass over members that they do not know.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from datetime import date
from itertools import islice
from typing import Any

from rest_framework import serializers

from api.http.details import DETAILS
from api.http.problems import Finding, ProblemError, pointer
from cases import months, tokens
from cases.codelists.types import NOT_ASKED
from cases.fields import CodedField, CodeSetField, Field, MonthField, TokenField
from cases.intake import validity

MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])", re.ASCII)
MOST_CODES = 64
MOST_UNKNOWN = 10


class FieldRefused(Exception):
    """A value that has not the field's shape."""

    def __init__(self, code: str, allowed: Iterable[str] = (), index: int | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.allowed = tuple(allowed)
        self.index = index


class CodeField(serializers.ChoiceField):
    """One code of a list."""

    def __init__(self, spec: CodedField | CodeSetField, **kwargs: Any) -> None:
        self.spec = spec
        self.allowed = frozenset(spec.allowed)
        super().__init__(choices=list(spec.allowed), **kwargs)

    def to_internal_value(self, data: object) -> str:
        """The code. Raises `FieldRefused`."""
        if type(data) is not str:
            raise FieldRefused("code_expected", in_force(self.spec))
        if data not in self.allowed:
            raise FieldRefused("code_unknown", in_force(self.spec))
        return data


class CodeSetListField(serializers.ListField):
    """A set of codes, in any order; repeats are one."""

    def __init__(self, spec: CodeSetField, **kwargs: Any) -> None:
        self.spec = spec
        self.allowed = frozenset(spec.allowed)
        super().__init__(child=CodeField(spec), max_length=MOST_CODES, **kwargs)

    def to_internal_value(self, data: object) -> list[str]:
        """The codes. Raises `FieldRefused` with the index of the first wrong one."""
        if type(data) is not list:
            raise FieldRefused("set_expected")
        if len(data) > MOST_CODES:
            raise FieldRefused("too_many_codes")
        for index, code in enumerate(data):
            if type(code) is not str or code not in self.allowed:
                refused = "code_unknown" if type(code) is str else "code_expected"
                raise FieldRefused(refused, in_force(self.spec), index)
        if NOT_ASKED in data and len(set(data)) > 1:
            raise FieldRefused("not_asked_stands_alone")
        return data


class MonthTextField(serializers.Field[date, object, str, date]):
    """A month, `YYYY-MM`."""

    def to_internal_value(self, data: object) -> date:
        """The month's first day. Raises `FieldRefused`."""
        match = MONTH.fullmatch(data) if type(data) is str else None
        if match is None or match[1] == "0000":
            raise FieldRefused("month_expected")
        return date(int(match[1]), int(match[2]), 1)

    def to_representation(self, value: date) -> str:
        """`YYYY-MM`."""
        return month_text(value)


class CaseTokenField(serializers.CharField):
    """A case token, read as Crockford says."""

    def to_internal_value(self, data: object) -> str:
        """The canonical token. Raises `FieldRefused`."""
        token = tokens.canonical(data) if type(data) is str else None
        if token is None:
            raise FieldRefused("case_token_expected")
        return token


def month_text(month: date) -> str:
    """`YYYY-MM`."""
    return f"{month.year:04d}-{month.month:02d}"


def in_force(spec: CodedField | CodeSetField) -> tuple[str, ...]:
    """The codes that are named to who sent none of them: those of today."""
    return validity.offered_codes(spec, months.today())


def serializer_field(field: Field) -> serializers.Field[Any, Any, Any, Any]:
    """The serializer field of a field of the dictionary."""
    words: dict[str, Any] = {"required": field.required, "help_text": f"{field.label.en}. {field.help.en}"}
    match field:
        case CodedField():
            return CodeField(field, **words)
        case CodeSetField():
            return CodeSetListField(field, **words)
        case MonthField():
            return MonthTextField(**words)
        case TokenField():
            return CaseTokenField(**words)


class StrictSerializer(serializers.Serializer[Any]):
    """A closed object. `parse` is the way in; one instance is built once and reused (building 25 fields costs 0.5 ms)."""

    read_only_members: frozenset[str] = frozenset()

    def parse(self, data: object) -> dict[str, Any]:
        """The values of an object of this shape. Raises `ProblemError` with every finding."""
        if not isinstance(data, Mapping):
            raise ProblemError("validation_failed", [finding("object_expected")])
        fields = self.fields
        # Ten are enough to see the mistake; thousands would make an answer fifty times the size of the question.
        findings = list(islice(self.unknown(data, fields), MOST_UNKNOWN))
        values: dict[str, Any] = {}
        for name, field in fields.items():
            if name not in data:
                if field.required:
                    spec = getattr(field, "spec", None)
                    findings.append(finding("required", name, allowed=in_force(spec) if spec is not None else ()))
                continue
            try:
                values[name] = field.to_internal_value(data[name])
            except FieldRefused as refused:
                path = (name,) if refused.index is None else (name, refused.index)
                findings.append(finding(refused.code, *path, allowed=refused.allowed))
        if findings:
            raise ProblemError("validation_failed", findings)
        return values

    def unknown(self, data: Mapping[Any, Any], fields: Mapping[str, Any]) -> Iterable[Finding]:
        """Findings on members that are not fields. Their names are the sender's text, so they are not repeated.

        Every field is allowed; those whose names are near come first.
        """
        for name in data:
            if name in self.read_only_members:
                yield finding("read_only", name)
            elif name not in fields:
                near = difflib.get_close_matches(str(name)[:64], list(fields), n=3)
                yield finding("unknown_member", allowed=dict.fromkeys([*near, *fields]))


def finding(code: str, *path: str | int, allowed: Iterable[str] = ()) -> Finding:
    """A finding on the body."""
    return Finding(("pointer", pointer(*path)), code, DETAILS[code], tuple(allowed))


def build(name: str, fields: tuple[Field, ...], read_only: Iterable[str] = ()) -> type[StrictSerializer]:
    """The serializer class of a record of the dictionary."""
    members: dict[str, Any] = {field.name: serializer_field(field) for field in fields}
    return type(name, (StrictSerializer,), {**members, "read_only_members": frozenset(read_only), "__doc__": None})


def represent(record: object, fields: tuple[Field, ...]) -> dict[str, object]:
    """A stored record's coded values as they are submitted: sending them again changes nothing."""
    body: dict[str, object] = {}
    for field in fields:
        if isinstance(field, TokenField):
            continue
        value = getattr(record, field.name)
        if isinstance(value, date):
            value = month_text(value)
        if value is not None:
            body[field.name] = value
    return body
