"""A text of a template, Danish and English side by side: `{% say "Tilbage" "Back" %}`."""

from __future__ import annotations

from django import template

from core.text import Text
from core.text import short as short_text

register = template.Library()


@register.simple_tag
def say(da: str, en: str) -> str:
    """The one in the language of the reader."""
    return str(Text(da, en))


@register.filter
def short(key: object) -> str:
    """What a thing without a name is called."""
    return short_text(key)
