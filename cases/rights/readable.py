"""The produced document as a page or as JSON. The page has no scripts, styles or links; each code is in Danish and English."""

from __future__ import annotations

import json

from django.template.loader import render_to_string

from cases.rights.words import Json


def as_page(document: Json) -> str:
    """The document as HTML."""
    return render_to_string("rights/person.html", {"document": document})


def as_json(document: Json) -> str:
    """The document as JSON."""
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"
