"""Bodies: what is sent and answered. A body is one typed struct that builds, renders and describes itself.

    class CompletionBody(Body):
        \"\"\"That a month is complete.\"\"\"

        month: Month
        declared_at: Annotated[Moment, about("When it was said.")]

A member that need not be there is `… | UnsetType = UNSET`; one that may be null is `… | None`. In the description the struct is the
component `Completion`: its name without `Body`. A type with a component of its own (`Month`) is made with `value`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Annotated, Any, Self

from msgspec import UNSET, Meta, Struct, UnsetType

from cases.invented import mark
from core.text import Text

Schema = dict[str, Any]

# The schemas of types that are components of their own, by name. They are made when they are asked for.
VALUES: dict[str, Callable[[], Schema]] = {}
# What msgspec has no word for, on the schema of a struct, by the name of its component.
FURTHER: dict[str, Schema] = {}


class Body(Struct):
    """A body. A sent one adds `forbid_unknown_fields`: it takes no other members."""


def reference(kind: str, name: str) -> Schema:
    """A reference to a component of a kind (schemas, parameters, headers, examples, responses)."""
    return {"$ref": f"#/components/{kind}/{name}"}


def about(text: str) -> Meta:
    """What a member means."""
    return Meta(description=text)


def schema(**words: Any) -> Meta:
    """Further words of JSON Schema on a member; `format_` is `format`, since Python has one too."""
    return Meta(extra_json_schema={name.removesuffix("_"): word for name, word in words.items()})


def one_of(values: Iterable[str], **words: Any) -> Meta:
    """One of these texts."""
    return schema(enum=[str(each) for each in values], **words)


def value(name: str, build: Schema | Callable[[], Schema]) -> Meta:
    """A type with a component of its own. Raises `ValueError` where the name is taken."""
    if name in VALUES:
        raise ValueError(f"two types are called {name}")
    VALUES[name] = build if callable(build) else lambda: build
    return Meta(extra_json_schema=reference("schemas", name))


Count = Annotated[int, Meta(ge=0), schema(format_="int32")]
# The body of a file that is no text.
BINARY = Annotated[str, schema(format_="binary")]
MINIMAL = "Left out under `Prefer: return=minimal`."
Uri = Annotated[str, schema(format_="uri")]
Day = Annotated[str, schema(format_="date")]
Moment = Annotated[
    str, value("Moment", {"type": "string", "format": "date-time", "description": "A moment, RFC 3339."})
]
Month = Annotated[
    str,
    value(
        "Month",
        {
            "type": "string",
            "pattern": r"^[2-9]\d{3}-(0[1-9]|1[0-2])$",
            "description": "A month of Europe/Copenhagen, `YYYY-MM`, from 2000-01 to the present one.",
        },
    ),
]


class LabelBody(Body):
    """One text in Danish and English."""

    da: str
    en: str

    @classmethod
    def of(cls, text: Text) -> Self:
        return cls(text.da, text.en)


# A member `invented`: only where the records of the installation are, as in a demo.
InventedMark = LabelBody | UnsetType


def invented_mark() -> LabelBody | UnsetType:
    """What a body says of a database of invented records; of any other it has no such member."""
    text = mark()
    return LabelBody.of(text) if text else UNSET
