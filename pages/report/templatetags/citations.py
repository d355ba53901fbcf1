"""Releases that a report names by their ids, as links."""

from __future__ import annotations

import re

from django import template
from django.utils.html import format_html, format_html_join

from pages.base.addresses import address_of
from pages.public import release

register = template.Library()
# The id of a public release of a year or of a pool of years, ours or an external one: `2023.p1`, `2007-2015.x1`.
RELEASE_ID = re.compile(r"(?<!\w)(\d{4}(?:-\d{4})?\.[px]\d+)(?!\w)", re.ASCII)


@register.filter
def with_releases(text: str, language: str) -> str:
    """A text in which each public release leads to its page in a language."""
    parts = enumerate(RELEASE_ID.split(text))
    return format_html_join("", "{}", ((link_to(part, language) if place % 2 else part,) for place, part in parts))


def link_to(name: str, language: str) -> str:
    """The way to a release."""
    return format_html('<a href="{}">{}</a>', address_of(release.NAME, language, release=name), name)
