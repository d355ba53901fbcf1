"""The kinds of fields in the dictionary. Each kind defines its column, its constraint and its stored form."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from cases.codelists.types import NOT_ASKED, CodeList
from core.risks import Risk
from core.text import NO_TEXT, Text

WIDTH = 32


@dataclass(frozen=True, slots=True)
class CodedField:
    """A field with one code of a list. An absent optional field is stored as ``_N``.

    `tells`: a sensitive value. A table must not show that all persons of a small group share it.
    `place`: the codes are areas of a map (NUTS, ISO 3166), so that a table by this field can be drawn as a map.
    `search_words`: what people call it, beside its label and the labels of its codes.
    """

    name: str
    codelist: CodeList
    label: Text
    help: Text
    risk: Risk
    example: str
    required: bool = True
    dimension: bool = False
    tells: bool = False
    place: bool = False
    search_words: Text = NO_TEXT

    def __post_init__(self) -> None:
        """Raise `ValueError` for an optional dimension without a code for absent: every record needs a code on the axis."""
        if self.dimension and set(self.allowed) - set(self.codelist.names):
            raise ValueError(f"{self.name} is optional and a dimension: its code list needs not_asked()")

    def __deepcopy__(self, _: object) -> Self:
        """The field itself, which never changes: copying a form would otherwise copy every code list."""
        return self

    @property
    def allowed(self) -> tuple[str, ...]:
        names = self.codelist.names
        return names if self.required or NOT_ASKED in names else (*names, NOT_ASKED)

    def column(self) -> models.CharField[str, str]:
        return (
            models.CharField(max_length=WIDTH)
            if self.required
            else models.CharField(max_length=WIDTH, default=NOT_ASKED)
        )

    def constraint(self, model: str) -> models.CheckConstraint:
        """The check constraint that allows the codes of the list alone."""
        return models.CheckConstraint(
            condition=Q((f"{self.name}__in", list(self.allowed))), name=f"{model}_{self.name}_code"
        )


@dataclass(frozen=True, slots=True)
class CodeSetField:
    """A field with a set of codes: absent (stored as ``{_N}``), empty (none, and that is known), or sorted codes."""

    name: str
    codelist: CodeList
    label: Text
    help: Text
    risk: Risk
    example: tuple[str, ...]
    required: bool = False

    def __deepcopy__(self, _: object) -> Self:
        """The field itself, which never changes: copying a form would otherwise copy every code list."""
        return self

    @property
    def allowed(self) -> tuple[str, ...]:
        """The codes that the field accepts; ``_N`` only by itself."""
        return (*self.codelist.names, NOT_ASKED)

    def column(self) -> ArrayField[Iterable[str], list[str]]:
        return ArrayField(models.CharField(max_length=WIDTH), default=not_asked)

    def constraint(self, model: str) -> models.CheckConstraint:
        """The check constraint: ``_N`` alone, or codes of the list."""
        codes = Q((f"{self.name}__contained_by", list(self.codelist.names))) | Q((self.name, [NOT_ASKED]))
        return models.CheckConstraint(condition=codes, name=f"{model}_{self.name}_code")


@dataclass(frozen=True, slots=True)
class MonthField:
    """A month of Europe/Copenhagen, ``YYYY-MM``, stored as its first day."""

    name: str
    label: Text
    help: Text
    risk: Risk
    example: str
    required: bool = True

    def column(self) -> models.DateField[str | date, date]:
        """The model's column of a required month."""
        return models.DateField()

    def optional_column(self) -> models.DateField[str | date | None, date | None]:
        """The model's column of an optional month; null, since a month has no code for unknown."""
        return models.DateField(null=True)

    def constraint(self, model: str) -> models.CheckConstraint:
        """The check constraint that a month is stored as its first day, so that the column contains no day."""
        return models.CheckConstraint(condition=Q((f"{self.name}__day", 1)), name=f"{model}_{self.name}_month")


@dataclass(frozen=True, slots=True)
class TokenField:
    """A case token. Its column is the link to the case."""

    name: str
    label: Text
    help: Text
    risk: Risk
    example: str
    required: bool = False


Field = CodedField | CodeSetField | MonthField | TokenField


def not_asked() -> list[str]:
    """The stored form of an absent set."""
    return [NOT_ASKED]


def to_stored(fields: Iterable[Field], values: Mapping[str, object]) -> dict[str, object]:
    """Submitted values in their stored form: every column, with absent ones filled in and sets sorted without repeats."""
    result: dict[str, object] = {}
    for field in fields:
        match field:
            case CodedField():
                result[field.name] = values.get(field.name, NOT_ASKED)
            case CodeSetField():
                result[field.name] = sorted({str(code) for code in as_codes(values.get(field.name, [NOT_ASKED]))})
            case MonthField():
                result[field.name] = values.get(field.name)
            case TokenField():
                pass
    return result


class StoredForm:
    """`to_stored` for many records of the same fields: which of them are sets is found out once."""

    def __init__(self, fields: Iterable[Field]) -> None:
        self.absent = to_stored(fields, {})
        self.sets = tuple(name for name, value in self.absent.items() if isinstance(value, list))

    def of(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Submitted values, whose sets are lists, in their stored form."""
        result = {name: values.get(name, absent) for name, absent in self.absent.items()}
        for name in self.sets:
            result[name] = sorted({*result[name]})
        return result


def as_codes(value: object) -> Iterable[object]:
    if not isinstance(value, list | tuple | set | frozenset):
        raise TypeError("a set of codes is needed")
    return value
