"""What is kept of an earlier draft where it went stale: the texts of sections whose figures are the same stay finished.

A release that got a new vintage, was withdrawn or has an erratum makes a draft stale, even where most of what the draft shows is as
it was. What a person finished there needs no second look. Who wrote it stays its author, and cannot publish the report.
"""

from __future__ import annotations

from dataclasses import replace

from core.text import Text
from publications.annual.document import Block, Document, Picture, Section, Table
from publications.annual.models import ReportDraft, ReportText
from publications.annual.places import of_section
from publications.annual.stored import from_json
from publications.annual.texts import earlier_texts, faults_of


def keep_texts(draft: ReportDraft) -> int:
    """Take over what was written last in sections that show the same now. Returns how many texts."""
    texts_written = earlier_texts(draft)
    shown_before = {each.pk: sections_of(each) for each in {row.draft for row in texts_written.values()}}
    texts_kept = []
    for name, sections in sections_of(draft).items():
        rows = [texts_written[place] for place in of_section(sections[0]) if place in texts_written]
        if all(shown_before[row.draft_id].get(name) == sections and stands(draft, row) for row in rows):
            texts_kept += [
                ReportText(draft=draft, place=row.place, text_da=row.text_da, text_en=row.text_en, user_id=row.user_id)
                for row in rows
            ]
    return len(ReportText.objects.bulk_create(texts_kept))


def stands(draft: ReportDraft, row: ReportText) -> bool:
    """Whether a text may stand in a draft: it may name a number that the report no longer has, such as a year's total."""
    return not faults_of(draft, row.place, Text(row.text_da, row.text_en))


def sections_of(draft: ReportDraft) -> dict[str, tuple[Section, ...]]:
    """Each section of a draft in each language, by its id, as far as it tells figures."""
    documents: list[Document] = [from_json(draft.documents[language]) for language in Text._fields]
    pairs = zip(*(each.sections for each in documents), strict=True)
    return {each[0].id: tuple(map(told_by, each)) for each in pairs}


def told_by(section: Section) -> Section:
    """A section without its drawings and without where its figures are from: another vintage may tell the same."""
    return replace(section, blocks=tuple(map(figures_of, section.blocks)))


def figures_of(block: Block) -> Block:
    """A table without its source; a chart as its table, with the alternative text that is proposed."""
    match block:
        case Table():
            return replace(block, source="")
        case Picture():
            return replace(block, svg="", portrait="", table=replace(block.table, source=""))
    return block
