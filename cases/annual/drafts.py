"""Drafts as the web server reads them: what they are drawn from, and which numbers they show."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from django.db import connection

from cases.annual.errors import refuse
from cases.annual.letters import without_shape
from cases.annual.models import ReportDraft
from cases.annual.numbers import ShownNumbers
from partners.text import Text

BASIS = "SELECT henvis_report_basis(%s)::text"


def check_correction(correction: Text, versions: int) -> None:
    """Refuse a correction of nothing, and a later version that says nothing of what it corrects."""
    if versions and not all(each.strip() for each in correction):
        raise refuse(
            "Årets rapport er udgivet: skriv på begge sprog, hvad den nye version retter.",
            "A report of the year is published: say in both languages what the new version corrects.",
        )
    if strange := "".join(map(without_shape, correction)):
        raise refuse(f"Rapportens skrifter kan ikke vise: {strange}", f"The fonts of the report cannot show: {strange}")
    if not versions and any(correction):
        raise refuse("Der er ingen udgivet rapport at rette.", "There is no published report to correct.")


def basis_of(year: int) -> dict[str, Any]:
    """The public releases of the years up to this one, with what is announced of them. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(BASIS, [year])
        content: dict[str, Any] = json.loads(cursor.fetchone()[0])
    return content


def as_stored(shown: ShownNumbers) -> dict[str, list[Any]]:
    """The numbers as they are stored: in order, the percentages as texts."""
    percents = [str(each) for each in sorted(shown.percents)]
    return {
        "counts": sorted(shown.counts),
        "percents": percents,
        "ages": sorted(shown.ages),
        "bands": sorted(shown.bands),
    }


def shown_numbers(draft: ReportDraft) -> ShownNumbers:
    """The numbers that a draft shows."""
    percents = frozenset(map(Decimal, draft.numbers["percents"]))
    counts, ages, bands = (frozenset(draft.numbers[name]) for name in ("counts", "ages", "bands"))
    return ShownNumbers(draft.year, counts, percents, ages, bands)
