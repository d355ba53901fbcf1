"""What leads to a table: its short address, its files, how programs of analysts read it, and what search engines read of it.

A short address is the query itself, packed. Nothing is stored, so that one holds for ever and knows nobody. A code is a letter and,
in base64url, the text `dataset?query` as raw DEFLATE (RFC 1951) with a preset dictionary. The letter names the dictionary: another
one needs another letter, and those that were used stay.

Files are answers of the API, each in the language of the page. Snippets keep the programs of analysts from taking a code for
something else: `F` is no logical value, `NA` is Namibia and no gap, and a period is a name. What has no number is an empty field.
Search engines for data read `schema.org/Dataset`, as JSON-LD in a page.
"""

from __future__ import annotations

import binascii
import json
import zlib
from base64 import b64decode, urlsafe_b64encode
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from cases.dimensions import Dataset
from cases.invented import mark
from core.text import Text
from pages.base.addresses import address_of
from stats.reading.entries import CatalogueEntry
from stats.reading.measures import BOUNDS, Measure
from stats.reading.query import Query
from stats.reading.stored_sums import REPORTS
from stats.revisions.citation import operator

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


POWER_QUERY = """let
    Source = Csv.Document(Web.Contents("{address}"), [Delimiter = ",", Encoding = 65001, QuoteStyle = QuoteStyle.Csv]),
    Rows = Table.PromoteHeaders(Source),
    Figures = Table.TransformColumnTypes(Rows, {{{types}}}, "en-US")
in
    Figures"""


R = """figures <- read.csv("{address}", fileEncoding = "UTF-8", na.strings = "", colClasses = "character")
numbers <- c({numbers})
figures[numbers] <- lapply(figures[numbers], as.numeric)"""
PYTHON = """import pandas

figures = pandas.read_csv("{address}", dtype=str, keep_default_na=False, na_values="")
numbers = [{numbers}]
figures[numbers] = figures[numbers].apply(pandas.to_numeric)"""


def snippets(csv: str, query: Query) -> list[tuple[str, str]]:
    """The name of each program, and what is typed in it. `csv`: the address of the table as CSV.

    Every column is a text but those that are named, so that no program guesses.
    """
    bounds = sorted(BOUNDS) if Measure.COUNT in query.measures else ()
    columns = dict.fromkeys([*query.measures, *bounds, *(REPORTS if query.dataset.quantities else ())])
    numbers = ", ".join(f'"{name}"' for name in columns)
    types = ", ".join(f'{{"{name}", type number}}' for name in columns)
    return [
        ("R", R.format(address=csv, numbers=numbers)),
        ("Python", PYTHON.format(address=csv, numbers=numbers)),
        ("Power Query", POWER_QUERY.format(address=csv, types=types)),
        ("curl", f"curl '{csv}' -o figures.csv"),
    ]


DENMARK = Text("Danmark", "Denmark")
KINDS = {"csv": "text/csv", "json-stat": "application/json"}
# What would end the element that the data stand in.
ESCAPES = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"})


def json_ld(data: dict[str, Any]) -> SafeString:
    """JSON that may stand in a script element."""
    return mark_safe(json.dumps(data, ensure_ascii=False).translate(ESCAPES))  # noqa: S308


def dataset_description(
    base: str, dataset: Dataset, language: str, releases: Iterable[CatalogueEntry]
) -> dict[str, Any]:
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


# What the queries of tables have in common, the most frequent last. Never changed: codes that people have would mean another table.
PHRASES = {
    "a": b"&show=every&asOf=&release=.e1&release=.p1&period=..2023&period=2019..2023&period=2019-2023&period=2023-Q&period=2022"
    b"&period=2023,decided_by,exploited_in,partner_kind,region.country,setting,age_band.age25,age_band.age18,citizenship.eu,"
    b"citizenship.continent,citizenship,region,exploitation.form,exploitation,genderpersons?by=gender,exploitation.form&period=2023",
}
LETTER = "a"
RAW = -15  # zlib's way to say: DEFLATE alone, without header and sum
LONGEST_CODE, MOST_BYTES = 400, 1000  # a code, and the bytes of what it says


def short_code(dataset: str, texts: Mapping[str, str]) -> str:
    """The code of a table's page: its dataset and the parameters of its address."""
    text = f"{dataset}?{urlencode(texts, safe=',')}".encode()
    packer = zlib.compressobj(
        zlib.Z_BEST_COMPRESSION, zlib.DEFLATED, RAW, zlib.DEF_MEM_LEVEL, zlib.Z_FIXED, PHRASES[LETTER]
    )
    return LETTER + urlsafe_b64encode(packer.compress(text) + packer.flush()).rstrip(b"=").decode()


def table_of_code(code: str) -> tuple[str, dict[str, str]]:
    """The dataset and the parameters of a code. Raises `ValueError` for what is none."""
    letter, payload = code[:1], code[1:]
    if letter not in PHRASES or len(code) > LONGEST_CODE:
        raise ValueError("no code")
    unpacker = zlib.decompressobj(RAW, PHRASES[letter])
    try:
        text = unpacker.decompress(b64decode(payload + "=" * (-len(payload) % 4), b"-_", validate=True), MOST_BYTES)
    except (binascii.Error, zlib.error) as error:
        raise ValueError("no code") from error
    if not unpacker.eof or unpacker.unused_data:
        raise ValueError("no code")
    dataset, _, query = text.decode().partition("?")
    return dataset, dict(parse_qsl(query, strict_parsing=bool(query)))
