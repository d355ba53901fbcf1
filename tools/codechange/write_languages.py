"""Write cldr.json: how the languages of notices write a day, and what they call each other.

    uv run --group countries python -m tools.codechange.write_languages

The program reads the file, so that no upgrade of a library changes a published word.
"""

from __future__ import annotations

import json
from datetime import date
from importlib.metadata import version
from pathlib import Path

from babel import Locale
from babel.core import get_cldr_version
from babel.dates import format_date

from notices.languages import LANGUAGES

FILE = Path(__file__).parents[2] / "notices" / "cldr.json"
# As authorities of Denmark write English.
WRITTEN_AS = {"en": "en_GB"}
# A year and a day of it that are in no pattern and no name of a month.
YEAR, DAY = 2222, 28


def days_in(tag: str) -> list[str]:
    """A day of each month, January first, with `{day}` and `{year}`."""
    days = (format_date(date(YEAR, month, DAY), "long", WRITTEN_AS.get(tag, tag)) for month in range(1, 13))
    return [each.replace(str(YEAR), "{year}").replace(str(DAY), "{day}") for each in days]


def names_in(tag: str) -> dict[str, str]:
    """What a language calls each of the languages."""
    return {each: Locale(tag).languages[each] for each in LANGUAGES}


def text_of_file() -> str:
    """The text of the file, with one line for each language."""
    source = f"Unicode CLDR {get_cldr_version()} (Unicode-3.0), by Babel {version('babel')}"
    rows = {tag: {"days": days_in(tag), "names": names_in(tag)} for tag in LANGUAGES}
    lines = (f"  {json.dumps(tag)}: {json.dumps(row, ensure_ascii=False)}" for tag, row in rows.items())
    return (
        '{"written_by": "python -m tools.codechange.write_languages",\n'
        f'"source": {json.dumps(source)},\n'
        f'"languages": {{\n{",\n".join(lines)}\n}}}}\n'
    )


if __name__ == "__main__":
    FILE.write_text(text_of_file(), encoding="utf-8")
