"""Addresses of pages in templates."""

from __future__ import annotations

from typing import Any

from django import template

from pages.base.addresses import address_of

register = template.Library()


@register.filter
def at(texts: dict[str, str], name: str) -> str:
    return texts[name]


@register.simple_tag
def page_address(name: str, language: str, **parts: Any) -> str:
    """Where a page is, in a language."""
    return address_of(name, language, **parts)
