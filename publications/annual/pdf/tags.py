"""The tags of a table: typst tags the headings of columns, and here those of rows become headings too."""

from __future__ import annotations

import io
from collections.abc import Iterator

from pikepdf import Array, Dictionary, Name, Object, ObjectStreamMode, Pdf


def tag_row_headings(content: bytes) -> bytes:
    """The PDF, in which the first cell of each row is its heading (ISO 32000-1, table 349). The same bytes each time."""
    with Pdf.open(io.BytesIO(content)) as pdf:
        for row in rows(pdf.Root.StructTreeRoot):
            for first in children(row)[:1]:
                if first.S == Name.TD:
                    first.S, first.A = Name.TH, Dictionary(O=Name.Table, Scope=Name.Row)
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True, object_stream_mode=ObjectStreamMode.generate)
    return out.getvalue()


def rows(element: Object) -> Iterator[Object]:
    """The rows of every table below an element."""
    for child in children(element):
        if child.S == Name.TR:
            yield child
        else:
            yield from rows(child)


def children(element: Object) -> list[Object]:
    """The elements right below an element; not its marked content, which has no type of structure."""
    below = element.get("/K", Array())
    every = [*below.as_list()] if isinstance(below, Array) else [below]
    return [each for each in every if isinstance(each, Dictionary) and "/S" in each]
