"""What search engines for data read of a dataset: `schema.org/Dataset`, as JSON-LD in a page."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from cases.dimensions import Dataset
from cases.invented import mark
from core.text import Text
from pages.base.addresses import address_of
from stats.reading.entries import CatalogueEntry
from stats.revisions.citation import operator

DENMARK = Text("Danmark", "Denmark")
KINDS = {"csv": "text/csv", "json-stat": "application/json"}
# What would end the element that the data stand in.
ESCAPES = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"})


def in_page(data: dict[str, Any]) -> SafeString:
    """JSON that may stand in a script element."""
    return mark_safe(json.dumps(data, ensure_ascii=False).translate(ESCAPES))  # noqa: S308


def description(base: str, dataset: Dataset, language: str, releases: Iterable[CatalogueEntry]) -> dict[str, Any]:
    """A dataset as `schema.org/Dataset` describes one: what search engines for data read."""
    site = settings.HENVIS_SITE
    data = f"{base}/api/v1/statistics/{dataset.id}"
    about = [text(language) for text in (mark(), dataset.about) if text]
    years = sorted(each.period.first.year for each in releases if each.period.annual)
    return {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "name": dataset.label(language),
        "description": " ".join(about),
        "url": f"{base}{address_of('table', language, dataset=dataset.id)}",
        "inLanguage": language,
        "license": site["licence_address"],
        "isAccessibleForFree": True,
        "creator": {"@type": "Organization", "name": operator(settings.HENVIS_OPERATOR)(language)},
        "spatialCoverage": {"@type": "Country", "name": DENMARK(language)},
        **({"temporalCoverage": f"{years[0]}/{years[-1]}"} if years else {}),
        "distribution": [
            {"@type": "DataDownload", "encodingFormat": kind, "contentUrl": f"{data}?format={form}"}
            for form, kind in KINDS.items()
        ],
    }
