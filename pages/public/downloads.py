"""The files of a table, each in the language of the page. They are answers of the API."""

from __future__ import annotations

from urllib.parse import urlencode

from stats.reading.query import Query

CSV = "CSV"
FORMS = {"xlsx": "Excel", "csv-da": "CSV til dansk Excel", "csv": CSV, "json-stat": "JSON-stat"}
# For programs that are set to Danish: nobody else looks for it.
DANISH = frozenset({"csv-da"})


def downloads(query: Query, language: str, base: str = "") -> dict[str, str]:
    """The addresses of the files by their names, the one that most people open first."""
    forms = (form for form in FORMS if language == "da" or form not in DANISH)
    return {FORMS[form]: f"{base}{api_address(query, form, language)}" for form in forms}


def api_address(query: Query, form: str, language: str = "") -> str:
    """Where the API answers what a page shows, in a form and a language; without one it is that of who asks."""
    texts = {**query.texts, "format": form, "lang": language}
    return f"/api/v1/statistics/{query.dataset.id}?{urlencode({name: text for name, text in texts.items() if text}, safe=',')}"
