"""The places of a report in which a person writes: each heading, each alternative text, a comment for each section."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from core.text import Text
from publications.annual import words
from publications.annual.document import Block, Bullets, Document, Heading, Paragraph, Picture, Section

HEADING, ALTERNATIVE, COMMENT = "heading", "alt", "comment"
ITEM = re.compile(r"(?:[-*•]|[0-9]{1,2}[.)])\s+")
BLANK = re.compile(r"\n\s*\n")

# What counts in each place.
Texts = Mapping[str, Text]


def slug(name: str) -> str:
    return name.replace(".", "-").replace("_", "-")


def places_of(document: Document) -> list[str]:
    """Every place, in the order of reading."""
    return [place for section in document.sections for place in of_section(section)]


def of_section(section: Section) -> Iterator[str]:
    yield f"{section.id}:{HEADING}"
    yield from (f"{each.id}:{ALTERNATIVE}" for each in section.blocks if isinstance(each, Picture))
    yield f"{section.id}:{COMMENT}"


def is_comment(place: str) -> bool:
    """Whether a place is for commentary, which may be empty."""
    return place.endswith(f":{COMMENT}")


def proposals(document: Document) -> dict[str, str]:
    """What the program proposes in each place that is to be finished."""
    return {place: text for section in document.sections for place, text in proposals_of(section).items()}


def proposals_of(section: Section) -> dict[str, str]:
    pictures = (each for each in section.blocks if isinstance(each, Picture))
    return {f"{section.id}:{HEADING}": section.heading, **{f"{each.id}:{ALTERNATIVE}": each.alt for each in pictures}}


def section_of(place: str, places: Sequence[str]) -> str:
    """The section of a place, whose comment comes after its other places. Empty where there is no such place."""
    after = places[places.index(place) :] if place in places else []
    return next((each.removesuffix(f":{COMMENT}") for each in after if is_comment(each)), "")


def lines_of(place: str, text: str) -> list[str]:
    """A text in the lines that readers see."""
    if not is_comment(place):
        return [text]
    return [line for each in blocks_of(text) for line in (each.items if isinstance(each, Bullets) else [each.text])]


def with_texts(document: Document, texts: Texts) -> Document:
    """The report with what persons wrote; where nobody has written, with what is proposed."""
    in_language = {place: text(document.language) for place, text in texts.items()}
    return replace(
        document, sections=tuple(section_with(each, in_language, document.language) for each in document.sections)
    )


def section_with(section: Section, texts: Mapping[str, str], language: str) -> Section:
    comment = texts.get(f"{section.id}:{COMMENT}", "").strip()
    blocks = (block_with(each, texts) for each in section.blocks)
    return replace(
        section,
        heading=texts.get(f"{section.id}:{HEADING}", section.heading),
        blocks=(*blocks, *([Heading(words.COMMENT(language)), *blocks_of(comment)] if comment else [])),
    )


def block_with(block: Block, texts: Mapping[str, str]) -> Block:
    """A chart with its alternative text; any other block as it is."""
    if not isinstance(block, Picture):
        return block
    return replace(block, alt=texts.get(f"{block.id}:{ALTERNATIVE}", block.alt))


def blocks_of(comment: str) -> Iterator[Paragraph | Bullets]:
    """The paragraphs and lists of a comment: a blank line ends a paragraph, and `- ` or `1. ` begins an item of a list."""
    for part in BLANK.split(comment.replace("\r\n", "\n")):
        lines = [line.strip() for line in part.splitlines() if line.strip()]
        if lines and all(ITEM.match(line) for line in lines):
            yield Bullets(tuple(ITEM.sub("", line, count=1) for line in lines))
        elif lines:
            yield Paragraph(" ".join(lines))
