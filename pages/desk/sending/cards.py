"""Cards with case tokens, to print: one for each case. A card does not say what it is about, for whoever finds it.

The page has a frame of its own: the head of a printed page has its title, which must be neutral too.
"""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cases import tokens
from cases.intake.batches import results
from cases.intake.models import Batch
from pages.desk.frame import Visit, desk_page
from pages.desk.sending.downloads import STORED, batch_with_results
from pages.desk.sending.own import index_after, note_rows
from pages.desk.sending.page_words import CARD_WORDS
from partners.roles import Right

ON_A_PAGE = 200


@require_safe
@desk_page(Right.SUBMIT)
def cards(visit: Visit, batch_id: UUID) -> HttpResponse:
    """A page of cards. That the tokens were shown is written down before they are."""
    batch = batch_with_results(visit, batch_id)
    if not batch.stored:
        raise Http404
    begin = index_after(visit)
    with transaction.atomic():
        rows = results.page(batch, outcomes=STORED, after=begin, limit=ON_A_PAGE)
        note_rows(visit, "deliveries/{batch_id}/cards", len(rows))
    context = {
        "visit": visit,
        "words": CARD_WORDS,
        "has_lines": True,
        "cards": list(cards_of(batch, rows, begin)),
        "after": rows[-1].index if len(rows) == ON_A_PAGE else None,
        "back": visit.address("delivery", batch_id=batch.pk),
    }
    return render(visit.request, "desk/sending/cards.html", context)


def cards_of(batch: Batch, rows: list[results.Result], begin: int) -> Iterator[tuple[int, str]]:
    """Of each case the line of its first row, and its token as people read it. A case that an earlier page had has no card here."""
    earlier = results.tokens_until(batch, begin, {row.case_token for row in rows if row.case_token})
    lines: dict[str, int] = {}
    for row in rows:
        if row.case_token and row.case_token not in earlier:
            lines.setdefault(row.case_token, row.line)
    return ((line, tokens.in_groups(token)) for token, line in lines.items())
