"""What was returned of the records on a page: the room of cases, whose page it is, does not know returns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import template

from oversight.returns.facts import latest_in_words
from oversight.returns.models import Return

register = template.Library()


@register.simple_tag
def with_returns(records: Sequence[Any]) -> list[tuple[Any, UUID | None, str]]:
    """Each record with the id of its latest return and how that stands, in words; nothing where it was never returned."""
    rows = Return.objects.with_state().filter(reference__in=[each.reference for each in records if each.reference])
    rows = rows.select_related("partner", "end").order_by("asked_at", "pk")
    # A reference is its partner's own: the name of a record has both.
    latest = {f"{each.partner_id}:{each.reference}": each for each in rows}
    pairs = [(each, latest.get(each.name)) for each in records]
    return [
        (each, inquiry.pk, str(latest_in_words(inquiry))) if inquiry else (each, None, "") for each, inquiry in pairs
    ]
