"""A published text as PDF/UA-1, with its address as a QR code (ISO/IEC 18004), drawn as one path of SVG."""

from __future__ import annotations

import json
from pathlib import Path

import qrcode
from django.conf import settings
from qrcode.constants import ERROR_CORRECT_M

from cases.invented import mark
from cases.months import COPENHAGEN
from cases.typesetting import typeset
from core.text import Text
from notices import reading
from notices.languages import LANGUAGES
from notices.reading import PublishedNotice, PublishedText, page_address

# The quiet zone that the standard asks for, in modules.
QUIET = 4


def svg_of(address: str) -> str:
    """The drawing, black on white, with its quiet zone. The same for the same address."""
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=QUIET)
    code.add_data(address)
    code.make(fit=True)
    matrix = code.get_matrix()
    size = len(matrix)
    dark = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(matrix) for x, is_dark in enumerate(row) if is_dark)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" width="{size}" height="{size}">'
        f'<rect width="{size}" height="{size}" fill="#fff"/><path d="{dark}" fill="#000"/></svg>'
    )


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
        "names": reading.name_tag(language.tag),
        "issuer": notice.issuer(reading.name_tag(language.tag)),
        "title": text.title,
        "paragraphs": [line for line in text.text.split("\n") if line.strip()],
        "labels": reading.labels(language.tag),
        "pictograms": {name: reading.pictogram(name, ACCENT) for name in reading.PICTOGRAMS},
        "accent": ACCENT,
        "days": reading.days_of(notice, language.tag),
        "regions": reading.regions_of(notice, language.tag),
        "numbers": [*settings.HENVIS_HELP_NUMBERS],
        "marks": [*zip(Text._fields, mark() or (), strict=False)],
        "address": address,
        "qr": svg_of(address),
        "day": [day.year, day.month, day.day],
    }
