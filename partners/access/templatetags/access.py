"""What waits for the approval of who looks at the admin's first page."""

from __future__ import annotations

from typing import Any

from django import template

from partners.access.admin import waits_for

register = template.Library()


@register.simple_tag(takes_context=True)
def waiting_requests(context: Any) -> int:
    """How many requests of others wait for this user."""
    return waits_for(context["request"].user)
