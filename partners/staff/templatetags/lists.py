"""The cells of a list of the staff, each with the name of its column, which a telephone shows before it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst

register = template.Library()


@register.simple_tag
def named_cells(cells: Iterable[str], heads: Iterable[Mapping[str, object]]) -> SafeString:
    """A row. The box that chooses a row has no name, and what names the row is its head."""
    return mark_safe("".join(cell_with_name(cell, head) for cell, head in zip(cells, heads, strict=True)))  # noqa: S308 (Django's own cells)


def cell_with_name(cell: str, head: Mapping[str, object]) -> str:
    """A cell with the name of its column."""
    if not cell.startswith("<td") or 'class="action-checkbox"' in cell:
        return cell
    tag, _, content = cell.partition(">")
    return format_html('{} data-name="{}">{}', mark_safe(tag), capfirst(str(head["text"])), mark_safe(content))  # noqa: S308
