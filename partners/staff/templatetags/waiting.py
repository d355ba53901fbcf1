"""What waits for who looks at the first page of the staff."""

from __future__ import annotations

from typing import Any

from django import template

from partners.staff.waiting import ShownItem, ShownWays, items_for, ways_for

register = template.Library()


@register.simple_tag(takes_context=True)
def waiting_items(context: Any) -> list[ShownItem]:
    """What waits for this user, what is late first."""
    return items_for(context["request"].user)


@register.simple_tag(takes_context=True)
def staff_ways(context: Any) -> list[ShownWays]:
    """The ways to what this user often needs."""
    return ways_for(context["request"].user)
