"""Drafts as the web server reads them, with which numbers they show; and what persons write in them.

A heading or an alternative text is written as proposed or otherwise; a comment is free. Nothing that was written is ever changed.
"""

from __future__ import annotations

import json
import unicodedata
from dataclasses import fields
from decimal import Decimal
from typing import Any

from django.db import connection, transaction
from django.db.models import Max

from core.refusals import raised_as
from core.text import Text, in_digits, lazily
from partners import audit
from partners.audit import Actor
from publications.annual.letters import unseen
from publications.annual.models import LONGEST_TEXT, ReportDraft, ReportText
from publications.annual.numbers import ShownNumbers, number_fault
from publications.annual.places import Texts, is_comment, lines_of, section_of
from publications.annual.refusals import ReportRefused, refuse

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


LONGEST_LINE = 250
EMPTY = Text("Skriv teksten.", "Write the text.")
IN_BOTH = Text("Skriv teksten på begge sprog.", "Write the text in both languages.")
TOO_LONG = Text("Teksten må højst have {} tegn.", "The text may have at most {} characters.")


def texts_of(draft: ReportDraft) -> Texts:
    """The text that counts in each place: the latest."""
    rows = ReportText.objects.filter(draft=draft).order_by("id")
    return {row.place: Text(row.text_da, row.text_en) for row in rows}


def earlier_texts(draft: ReportDraft) -> dict[str, ReportText]:
    """The latest text of each place in the drafts of the same year before this one."""
    rows = ReportText.objects.filter(draft__year=draft.year, draft__lt=draft.pk).select_related("draft")
    return {row.place: row for row in rows.order_by("draft", "pk")}


def last_text(draft: ReportDraft) -> int | None:
    """The number of the last text of a draft; None where nobody has written."""
    last: int | None = ReportText.objects.filter(draft=draft).aggregate(last=Max("pk"))["last"]
    return last


def tidy(place: str, text: str) -> str:
    """A text as it is stored. A heading and an alternative text are one line."""
    letters = unicodedata.normalize("NFC", text.replace("\r\n", "\n").strip())
    return letters if is_comment(place) else " ".join(letters.split())


def faults_of(draft: ReportDraft, place: str, text: Text) -> dict[str, Text]:
    """What is wrong with a text, by the language in which it is. Empty where nothing is."""
    if not any(text):
        return {} if is_comment(place) else dict.fromkeys(text._fields, EMPTY)
    faults = {language: fault_of(draft, place, text(language), language) for language in text._fields}
    return {language: fault for language, fault in faults.items() if fault is not None}


def fault_of(draft: ReportDraft, place: str, text: str, language: str) -> Text | None:
    """What is wrong with a text in a language."""
    longest = LONGEST_TEXT if is_comment(place) else LONGEST_LINE * 4 if place.endswith(":alt") else LONGEST_LINE
    if not text:
        return IN_BOTH
    if len(text) > longest:
        return Text(*(each.format(number) for each, number in zip(TOO_LONG, in_digits(longest), strict=True)))
    return unseen(text) or number_fault(lines_of(place, text), language, shown_numbers(draft, place))


def write(*, by: Actor, draft: ReportDraft, place: str, text: Text) -> ReportText:
    """Write a text. Raises `ReportRefused` where something is wrong with it, or the draft is not open."""
    if by.user_id is None:
        raise refuse("En tekst skrives af en medarbejder.", "A text is written by a member of staff.")
    words = Text(*(tidy(place, each) for each in text))
    faults = faults_of(draft, place, words)
    if faults:
        raise ReportRefused(lazily(next(iter(faults.values()))))
    with raised_as(ReportRefused), transaction.atomic():
        row = ReportText.objects.create(
            draft=draft, place=place, text_da=words.da, text_en=words.en, user_id=by.user_id
        )
        audit.record(by=by, action="report.write", subject=str(draft.year), draft=draft.pk, place=place)
    return row
