"""The produced document as a page or as JSON. The page has no scripts, styles or links.

A person reads the page: codes and moments stand in words, Danish and English, and tokens in groups. A program reads the JSON, which
has the codes too.
"""

from __future__ import annotations

import json
import re
from datetime import datetime
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import override

from cases import tokens
from cases.months import first_day, month_words
from core.text import Text
from oversight.rights.words import Json
from partners.staff.naming import moment_of

# The names of members that are moments.
MOMENT = re.compile(r"(^|_)at$", re.ASCII)
# And those of members that are case tokens.
TOKENS = {"token", "case_token"}


def as_page(document: Json) -> str:
    return render_to_string("rights/person.html", {"document": part_in_words(document)})


def part_in_words(part: Any) -> Any:
    """A part of the document, with its moments and months in words, and its tokens in groups."""
    if isinstance(part, list):
        return [part_in_words(each) for each in part]
    if not isinstance(part, dict):
        return part
    return {name: member_in_words(name, each) for name, each in part.items()}


def member_in_words(name: str, value: Any) -> Any:
    """A member with its moment or its month in words, or its token in groups."""
    if name in TOKENS and value:
        return tokens.in_groups(value)
    if MOMENT.search(name) and value:
        return moment(value)
    if isinstance(value, str) and (month := first_day(value)):
        return " / ".join(month_words(month, language) for language in Text._fields)
    return part_in_words(value)


def moment(text: str) -> str:
    """A moment in Danish time, in both languages."""
    shown = []
    for language in Text._fields:
        with override(language):
            shown.append(moment_of(datetime.fromisoformat(text)))
    return " / ".join(shown)


def as_json(document: Json) -> str:
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"
