"""What a form of an answer is: how it is asked for, what is sent, and how it describes itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from json import loads
from typing import Any

from msgspec.json import Encoder

from api.http.bodies import BINARY
from api.http.negotiation import JSONRenderer
from api.openapi.headers import CONTENT_DISPOSITION
from api.openapi.parts import JSON, Answer, Example
from api.statistics.answers import IN_A_LANGUAGE
from stats.reading.table import Figures

# JSON without blanks; a decimal is a number that keeps its one digit.
encode = Encoder(decimal_format="number").encode


@dataclass(frozen=True, slots=True)
class Format:
    """A form of an answer. `media_type` is what Accept asks for, `content_type` what is sent.

    `body` is the type that describes it, and `example` the name of its example. Of forms with one media type the first is
    asked for by it, and describes them all.
    """

    id: str
    media_type: str
    content_type: str
    extension: str
    body: Any
    example: str

    @property
    def renderer(self) -> type[JSONRenderer]:
        """What negotiation knows it by. The view renders the answer itself, and `api.http.problems` what goes wrong before."""
        return type(f"{self.example}Renderer", (JSONRenderer,), {"media_type": self.media_type, "format": self.id})

    def example_of(self, make: Callable[[], bytes]) -> Example:
        """Its example: JSON as such, text as it is, and of a file its first bytes."""
        readers: dict[Any, Callable[[bytes], Any]] = {str: bytes.decode, BINARY: first_bytes}
        read = readers.get(self.body, loads)
        return Example(self.example, f"Made up, as `{self.id}`", lambda: read(make()))


@dataclass(frozen=True, slots=True)
class TableFormat(Format):
    """A form of a table. `render` takes the figures, the language, and the address of the service without a slash at its end.

    `most` values fit: a list repeats every name and label in every row, 2 KB of them, where JSON-stat says each once.
    """

    render: Callable[[Figures, str, str], bytes]
    most: int


def first_bytes(content: bytes) -> str:
    """The four bytes that say what kind of file it is."""
    return content[:4].decode()


def renderers(formats: Iterable[Format]) -> tuple[type[JSONRenderer], ...]:
    """The renderers of a view with these forms; the first is the one for who asks for nothing in particular."""
    return tuple(each.renderer for each in formats)


def answer_in_forms[Form: Format](about: str, formats: Iterable[Form], render: Callable[[Form], bytes]) -> Answer:
    """The description of an answer in these forms, with an example that each of them renders."""
    first = {each.media_type: each for each in reversed([*formats])}
    contents = {kind: (each.body, each.example_of(partial(render, each))) for kind, each in reversed(first.items())}
    body, example = contents.pop(JSON)
    return Answer(200, about, body, [example], (*IN_A_LANGUAGE, CONTENT_DISPOSITION), also=contents)
