"""What was produced, for people: one page without scripts, styles or links to anywhere, each code in Danish and English."""

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
