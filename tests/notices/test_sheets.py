"""Sheets of A4: made by the worker, in every script with a font of its own, and accessible."""

from __future__ import annotations

import hashlib
import io
import json
import re
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from pypdf import PdfReader
from qrcode.main import QRCode

from core.text import Text
from notices import reading, work
from notices.languages import LANGUAGES
from notices.models import LONGEST_SMS, Notice, NoticeSheet
from notices.pdf import sheets as compiling
from notices.pdf.sheets import FONTS, svg_of
from notices.texts import lix_of
from partners.models import AuditEvent
from tests.notices import world

WORDS = Text("Myndighed", "Authority")
TEXTS = json.loads((Path(settings.BASE_DIR) / "deploy/demo/notice_texts.json").read_text(encoding="utf-8"))


def test_the_fonts_are_those_that_are_listed() -> None:
    listed = dict(line.split("  ")[::-1] for line in (FONTS / "SHA256SUMS").read_text().splitlines())
    there = {each.name: hashlib.sha256(each.read_bytes()).hexdigest() for each in FONTS.iterdir()}
    assert {name: there[name] for name in there if name not in {"README.md", "SHA256SUMS"}} == listed


def published(language: str) -> Notice:
    """A notice of the demo in Danish and in a language."""
    notice = world.create()
    for tag in dict.fromkeys(("da", language)):
        title, text, sms = TEXTS["TEST"][tag]
        written = world.write(notice, tag, title=title, text=text, sms=sms)
        world.review(written)
        world.publish(written)
    return notice


@pytest.mark.django_db
@pytest.mark.parametrize("language", TEXTS["TEST"])
def test_a_sheet_is_made_in_every_script_without_a_letter_missing(language: str) -> None:
    notice = published(language)
    work.make_what_waits()
    reader = PdfReader(io.BytesIO(bytes(reading.sheet(notice.pk, language).pdf)))
    assert (len(reader.pages), str(reader.root_object["/Lang"])) == (1, language)
    assert reader.metadata is not None
    assert reader.metadata.title == TEXTS["TEST"][language][0]
    resources: Any = reader.pages[0]["/Resources"]
    fonts = {font["/BaseFont"].partition("+")[2] for font in resources["/Font"].values()}
    script = {"ar": "NotoSansArabic", "th": "NotoSansThai", "ti": "NotoSansEthiopic"}.get(language, "NotoSans")
    assert any(each.startswith(f"{script}-") for each in fonts), fonts


@pytest.mark.django_db
@pytest.mark.parametrize(("length", "pages"), [(850, 1), (4000, 2)])
def test_a_long_text_is_smaller_and_the_front_says_whom_to_call_however_long_it_is(length: int, pages: int) -> None:
    notice = world.create()
    line = "Du kan få en test for virus. Den koster ikke noget, og ingen spørger, hvem du er. " * 4
    written = world.write(notice, text=f"{line}\n" * (length // (len(line) + 1)))
    world.review(written)
    world.publish(written)
    work.make_what_waits()
    reader = PdfReader(io.BytesIO(bytes(reading.sheet(notice.pk, "da").pdf)))
    front = reader.pages[0].extract_text()
    assert len(reader.pages) == pages
    assert settings.HENVIS_HELP_NUMBERS[0] in front and f"/varsler/{notice.pk}/da/" in front


@pytest.mark.django_db
def test_the_worker_makes_what_is_missing_and_nothing_twice() -> None:
    notice = world.create()
    world.make_public(notice)
    work.make_what_waits()
    first = reading.sheet(notice.pk, "da").digest
    work.make_what_waits()
    assert NoticeSheet.objects.get().digest == first
    world.make_public(notice)
    work.make_what_waits()
    assert NoticeSheet.objects.count() == 2


@pytest.mark.django_db
def test_what_is_withdrawn_or_replaced_gets_no_sheet() -> None:
    notice, gone = world.create(), world.create()
    world.make_public(notice)
    world.make_public(notice)
    world.make_public(gone)
    world.withdraw(gone)
    work.make_what_waits()
    assert [*NoticeSheet.objects.values_list("of__number", flat=True)] == [2]


@pytest.mark.django_db
def test_a_sheet_that_fails_stops_no_other_and_is_tried_later(monkeypatch: pytest.MonkeyPatch) -> None:
    bad, good = world.create(), world.create()
    world.make_public(bad)
    world.make_public(good)
    make = compiling.pdf

    def fail(notice: reading.PublishedNotice, text: reading.PublishedText) -> bytes:
        if notice.id == bad.pk:
            raise ValueError
        return make(notice, text)

    monkeypatch.setattr(work, "pdf", fail)
    work.make_what_waits()
    work.make_what_waits()
    assert [*NoticeSheet.objects.values_list("of__notice", flat=True)] == [good.pk]
    assert AuditEvent.objects.filter(action=work.FAILURE, subject=str(bad.pk)).count() == 1


@pytest.mark.django_db
def test_a_language_that_fails_stops_no_other_of_its_notice(monkeypatch: pytest.MonkeyPatch) -> None:
    notice = world.create()
    world.make_public(notice, "da", "ar", "en")
    make = compiling.pdf

    def fail(notice: reading.PublishedNotice, text: reading.PublishedText) -> bytes:
        if text.language == "ar":
            raise ValueError
        return make(notice, text)

    monkeypatch.setattr(work, "pdf", fail)
    for _ in range(2):
        work.make_what_waits()
    assert {*NoticeSheet.objects.values_list("of__language", flat=True)} == {"da", "en"}
    failure = AuditEvent.objects.get(action=work.FAILURE)
    assert (failure.subject, failure.detail["language"]) == (str(notice.pk), "ar")


def sheet_of(language: str, words: str) -> bytes:
    """The sheet of a text."""
    now = datetime(2026, 3, 11, 12, tzinfo=UTC)
    text = reading.PublishedText(1, language, "A", words, "C", 1, now, has_sheet=False)
    notice = reading.PublishedNotice(
        *(1, "virus", WORDS, WORDS, "TEST", "EVERYBODY", "Minor", "Past", "Likely", ("DK01",)),
        *(language, now, now + timedelta(days=1), "", None),
        texts={language: text},
        messages=(now,),
    )
    return compiling.pdf(notice, text)


def size_of(language: str, words: str) -> int:
    """The size of most letters on the first page of a sheet, in points."""
    sizes: Counter[int] = Counter()
    page = PdfReader(io.BytesIO(sheet_of(language, words))).pages[0]
    page.extract_text(visitor_text=lambda text, _, __, ___, size: sizes.update({round(size): len(text)}))
    return sizes.most_common(1)[0][0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_beside_the_text_of_a_sheet_stands_no_word_of_another_language(language: str) -> None:
    lines = PdfReader(io.BytesIO(sheet_of(language, "B"))).pages[0].extract_text()
    latin = re.compile(r"[A-Za-z]{2,}")
    words = {*latin.findall(lines.partition("http")[0])}
    days = LANGUAGES[language].day(date(2026, 3, 11)) + LANGUAGES[language].day(date(2026, 3, 12))
    labels = "".join(reading.labels(language).values())
    names = "Capital Region of Denmark Authority" if language == "en" else "Region Hovedstaden Myndighed"
    assert words == {*latin.findall(f"{days} {labels} {names}")}
    assert settings.HENVIS_HELP_NUMBERS[0] in lines


def test_the_same_text_is_the_same_sheet() -> None:
    assert sheet_of("da", "B") == sheet_of("da", "B")


@pytest.mark.parametrize(("language", "letter"), [("da", "a "), ("th", "ก "), ("ar", "م ")])
def test_a_text_is_as_large_as_one_side_has_room_for_in_every_script(language: str, letter: str) -> None:
    short, middling, long = (size_of(language, letter * letters) for letters in (50, 400, 2000))
    assert short == 27 > middling > long == 12
    assert len(PdfReader(io.BytesIO(sheet_of(language, letter * 400))).pages) == 1


def test_the_code_is_the_one_of_the_address_with_its_quiet_zone() -> None:
    code = QRCode(border=0, error_correction=0)
    code.add_data("https://henvis.example/da/varsler/1/da/")
    code.make(fit=True)
    modules = sum(sum(row) for row in code.get_matrix())
    drawn = svg_of("https://henvis.example/da/varsler/1/da/")
    assert drawn.count("h1v1h-1z") == modules
    assert "M3 " not in drawn and "M4 4h1" in drawn


@pytest.mark.parametrize("subject", TEXTS)
def test_the_demo_s_texts_are_nine_and_short_and_the_danish_ones_easy(subject: str) -> None:
    texts = TEXTS[subject]
    assert len(texts) == 9
    assert set(texts) <= set(LANGUAGES)
    assert all(len(sms) <= LONGEST_SMS for _, _, sms in texts.values())
    lix = lix_of(texts["da"][1])
    assert lix is not None and lix.is_easy


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Du kan få en test.", 5),
        ("Du kan få en test. Den er gratis.", 4),
        ("Sundhedsmyndighederne anbefaler selvisolation.", 103),
        ("", None),
    ],
)
def test_lix_is_words_in_a_sentence_and_long_words_in_a_hundred(text: str, value: int | None) -> None:
    lix = lix_of(text)
    assert (lix.value if lix else None) == value
