"""Making the draft of a report: an act of staff that a command on the server carries out, with the owner's role.

The web server imports nothing of it: it draws charts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.conf import settings
from django.db import transaction

from cases.annual.content.compose import Composition, compose
from cases.annual.document import Document, Picture, Table
from cases.annual.drafts import as_stored, basis_of, check_correction
from cases.annual.errors import refuse
from cases.annual.models import ReportDraft, ReportPublication
from cases.annual.numbers import AGE, ShownNumbers
from cases.annual.places import places_of
from cases.annual.stored import as_json
from partners import audit
from partners.audit import Actor
from partners.text import NO_TEXT, Text

NUMBER = re.compile(r"\d+", re.ASCII)


def make_draft(*, by: Actor, year: int, correction: Text = NO_TEXT) -> ReportDraft:
    """A new draft of a year. `correction`: what it corrects, where a report of the year is published. Raises `ReportRefused`."""
    if by.user_id is None:
        raise refuse("Et udkast bestilles af en medarbejder.", "A draft is ordered by a member of staff.")
    versions = ReportPublication.objects.filter(year=year).count()
    check_correction(correction, versions)
    with transaction.atomic():
        # Before the figures: whatever is published meanwhile makes the draft stale.
        basis = basis_of(year)
        composition = compose(year, versions + 1, correction)
        draft = ReportDraft.objects.create(
            year=year,
            user_id=by.user_id,
            documents={language: as_json(each) for language, each in composition.documents.items()},
            places=places_of(composition.documents["da"]),
            numbers=as_stored(shown_in(composition)),
            basis=basis,
            correction_da=correction.da,
            correction_en=correction.en,
            software=settings.HENVIS_VERSION,
        )
        audit.record(by=by, action="report.draft", subject=str(year), draft=draft.pk)
    return draft


def shown_in(composition: Composition) -> ShownNumbers:
    """Every number that the report shows."""
    material = composition.material
    ages = {age for each in composition.documents.values() for age in ages_of(each)}
    year = composition.documents["da"].year
    return ShownNumbers(year, frozenset(material.counts), frozenset(material.percents), frozenset(ages))


def ages_of(document: Document) -> Iterator[int]:
    """The ages in the headings of the tables."""
    blocks = [block for section in document.sections for block in section.blocks if isinstance(block, Picture | Table)]
    tables = [block.table if isinstance(block, Picture) else block for block in blocks]
    for heading in (text for table in tables for text in headings_of(table)):
        if re.search(rf"\d{AGE.pattern}", heading):
            yield from map(int, NUMBER.findall(heading))


def headings_of(table: Table) -> Iterator[str]:
    """The headings of a table's rows and columns."""
    yield from table.grid.headings
    yield from (row.heading for row in table.grid.rows)
