"""Documents of typst as PDF/UA-1 or as pictures, with our own fonts alone: the same bytes for the same data, on any machine."""

from __future__ import annotations

from pathlib import Path

import typst


def typeset(template: Path, fonts: Path, **data: str) -> bytes:
    """The PDF of a template, which reads `data` as `sys.inputs`: a string is shown as it is, and never read as markup.

    Raises `typst.TypstError` where it cannot be made accessible, as with a picture without words or a letter without a shape.
    """
    content: bytes = typst.compile(
        template,
        root=template.parent,
        font_paths=[fonts],
        ignore_system_fonts=True,
        format="pdf",
        pdf_standards=["ua-1"],
        sys_inputs=data,
    )
    return content


def draw_pages(template: Path, fonts: Path, *, ppi: int, **data: str) -> list[bytes]:
    """The pages of a template as PNG, so many pixels to the inch."""
    pages: bytes | list[bytes] = typst.compile(
        template,
        root=template.parent,
        font_paths=[fonts],
        ignore_system_fonts=True,
        format="png",
        ppi=ppi,
        sys_inputs=data,
    )
    return [pages] if isinstance(pages, bytes) else pages
