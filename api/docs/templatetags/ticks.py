"""Texts of the tables put code between backticks, as Markdown does; a page shows it as code."""

from __future__ import annotations

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

register = template.Library()


@register.filter
def ticks(text: str) -> SafeString:
    """The text with what stands between backticks as code, everything escaped."""
    parts = text.split("`")
    return format_html_join(
        "", "{}", ((format_html("<code>{}</code>", part) if i % 2 else part,) for i, part in enumerate(parts))
    )
