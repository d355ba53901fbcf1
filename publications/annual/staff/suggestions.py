"""What stands in the form of a section before anybody has written in its draft: what is proposed, and what an earlier draft says.

What a person wrote in an earlier draft was of its figures. Where a section shows the same it is finished (`kept_texts`). In others
a comment is carried over, to be read again. A heading or an alternative text is carried over only where a person rewrote it and the
new draft proposes the same as the old one did. Else the new proposal stands, and the old text beside it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from core.text import NO_TEXT, Text
from publications.annual.models import ReportDraft
from publications.annual.places import is_comment, proposals
from publications.annual.stored import from_json
from publications.annual.texts import earlier_texts


@dataclass(frozen=True)
class Suggestion:
    """Of a place: what the program proposes, what stands in its field at first, and another text of an earlier draft."""

    proposal: Text = NO_TEXT
    initial: Text = NO_TEXT
    earlier: Text = NO_TEXT


def suggestions_of(draft: ReportDraft) -> dict[str, Suggestion]:
    """The suggestion of each place of a draft, with the last text of an earlier one."""
    proposed_now, rows = proposals_of(draft), earlier_texts(draft)
    proposed_before = {each.pk: proposals_of(each) for each in {row.draft for row in rows.values()}}
    return {
        place: suggestion(
            place,
            proposed_now.get(place, NO_TEXT),
            proposed_before[rows[place].draft_id].get(place, NO_TEXT) if place in rows else NO_TEXT,
            Text(rows[place].text_da, rows[place].text_en) if place in rows else NO_TEXT,
        )
        for place in draft.places
    }


def suggestion(place: str, proposed_now: Text, proposed_before: Text, written_before: Text) -> Suggestion:
    if is_comment(place):
        return Suggestion(initial=written_before)
    if any(written_before) and proposed_now == proposed_before:
        return Suggestion(proposed_now, written_before)
    return Suggestion(proposed_now, proposed_now, NO_TEXT if written_before == proposed_now else written_before)


def proposals_of(draft: ReportDraft) -> Mapping[str, Text]:
    """What the program proposes in each place of a draft."""
    of_languages = [proposals(from_json(draft.documents[language])) for language in Text._fields]
    return {place: Text(*(each[place] for each in of_languages)) for place in of_languages[0]}
