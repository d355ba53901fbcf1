"""Drafts as the web server reads them: what they are drawn from, and which numbers they show."""

from __future__ import annotations

import json
from dataclasses import fields
from decimal import Decimal
from typing import Any

from django.db import connection

from core.text import Text, lazily
from publications.annual.errors import ReportRefused, refuse
from publications.annual.letters import unseen
from publications.annual.models import ReportDraft
from publications.annual.numbers import ShownNumbers
from publications.annual.places import section_of

BASIS = "SELECT henvis_report_basis(%s)::text"


def check_correction(correction: Text, versions: int) -> None:
    """Refuse a correction of nothing, and a later version that says nothing of what it corrects."""
    if versions and not all(each.strip() for each in correction):
        raise refuse(
            "Årets rapport er udgivet: skriv på begge sprog, hvad den nye version retter.",
            "A report of the year is published: say in both languages what the new version corrects.",
        )
    if fault := next(filter(None, map(unseen, correction)), None):
        raise ReportRefused(lazily(fault))
    if not versions and any(correction):
        raise refuse("Der er ingen udgivet rapport at rette.", "There is no published report to correct.")


def basis_of(year: int) -> dict[str, Any]:
    """The public releases of the years up to this one, with what is announced of them. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(BASIS, [year])
        content: dict[str, Any] = json.loads(cursor.fetchone()[0])
    return content


def is_stale(draft: ReportDraft) -> bool:
    """Whether something that a draft was drawn from is another now."""
    return bool(basis_of(draft.year) != draft.basis)


def as_stored(shown: ShownNumbers) -> dict[str, list[Any]]:
    """The numbers of a section as they are stored: in order, the percentages as texts."""
    sets = {each.name: sorted(getattr(shown, each.name)) for each in fields(shown)[1:]}
    return {**sets, "percents": [*map(str, sets["percents"])]}


def shown_numbers(draft: ReportDraft, place: str = "") -> ShownNumbers:
    """What the section of a place in a draft shows; without a place what all sections show that is not small."""
    content = draft.numbers[section_of(place, draft.places)]
    sets = {**content, "percents": map(Decimal, content["percents"])}
    return ShownNumbers(draft.year, **{name: frozenset(each) for name, each in sets.items()})
