"""A published text as PDF/UA-1."""

from __future__ import annotations

import json
from pathlib import Path

from django.conf import settings

from cases.invented import mark
from cases.months import COPENHAGEN
from cases.typesetting import typeset
from core.text import Text
from notices import marks
from notices.addresses import page_address
from notices.languages import LANGUAGES
from notices.pdf.qr import svg_of
from notices.reading import PublishedNotice, PublishedText

ROOM = Path(settings.BASE_DIR) / "notices"
TEMPLATE, FONTS = ROOM / "pdf/sheet.typ", ROOM / "fonts"
ACCENT = "#003f87"


def pdf(notice: PublishedNotice, text: PublishedText) -> bytes:
    """The sheet: the same bytes for the same text. Raises `typst.TypstError` where it cannot be made accessible."""
    return typeset(TEMPLATE, FONTS, notice=json.dumps(data(notice, text)))


def data(notice: PublishedNotice, text: PublishedText) -> dict[str, object]:
    """What the template reads. Beside the text stand pictograms, numbers and names."""
    language = LANGUAGES[text.language]
    frame = "da" if text.language == "da" else "en"
    address = page_address(notice.id, text.language, frame)
    day = text.published_at.astimezone(COPENHAGEN)
    return {
        "language": language.tag,
        "is_right_to_left": language.is_right_to_left,
        "has_words": language.is_of_pages,
        "names": marks.name_tag(language.tag),
        "issuer": notice.issuer(marks.name_tag(language.tag)),
        "title": text.title,
        "paragraphs": [line for line in text.text.split("\n") if line.strip()],
        "labels": marks.labels(language.tag),
        "pictograms": {name: marks.svg_of(name, ACCENT) for name in marks.PICTOGRAMS},
        "accent": ACCENT,
        "days": marks.days_of(notice, language.tag),
        "regions": marks.regions_of(notice, language.tag),
        "numbers": [*settings.HENVIS_HELP_NUMBERS],
        "marks": [*zip(Text._fields, mark() or (), strict=False)],
        "address": address,
        "qr": svg_of(address),
        "day": [day.year, day.month, day.day],
    }
