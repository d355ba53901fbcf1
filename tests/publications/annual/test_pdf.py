"""A report as PDF: accessible, complete, the same bytes each time, and nothing in it that was not meant."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from functools import cache

import pytest
import typst
from hypothesis import given, settings
from hypothesis import strategies as st
from pikepdf import Dictionary, Name, Pdf
from pypdf import PdfReader

from publications.annual.document import Block, Document, Picture, Section, Table
from publications.annual.labels import LABELS, file_name
from publications.annual.pdf.compile import pdf
from stats.reading.grid import Grid, Row
from stats.reading.marks import CellText
from stats.reading.measures import CellStatus
from tests.publications.annual.documents import BAND, MARKUP, WORDS, document, extremes
from tests.publications.annual.reading import additions, elements, marks, pieces, scopes, squeeze, text_of

LANGUAGES = ("da", "en")
META = {
    *("dc:title", "dc:creator", "dc:language", "dc:format", "pdf:PDFVersion", "pdfuaid:part", "xmpTPg:NPages"),
    *("xmp:CreatorTool", "xmp:CreateDate", "xmp:ModifyDate"),
    # Digests of the content.
    *("xmpMM:InstanceID", "xmpMM:DocumentID", "xmpMM:RenditionClass"),
}
# What a keyboard in Denmark has.
KEYS = "".join(map(chr, range(32, 127))) + "æøåÆØÅéü€½§ \u202f–\n"


@cache
def made(language: str = "da") -> bytes:
    """The PDF of the invented report."""
    return pdf(document(language))


def opened(content: bytes) -> Pdf:
    """It, to be looked into."""
    return Pdf.open(io.BytesIO(content))


def without_alternatives(of: Document) -> Document:
    """A document whose pictures say nothing to those who do not see them."""
    sections = (
        replace(each, blocks=tuple(without_alternative(block) for block in each.blocks)) for each in of.sections
    )
    return replace(of, sections=tuple(sections))


def without_alternative(block: Block) -> Block:
    """A block, of a picture one that has no alternative text but a space."""
    return replace(block, alt=" ") if isinstance(block, Picture) else block


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_says_that_it_is_accessible_what_it_is_called_and_in_which_language(language: str) -> None:
    file = opened(made(language))
    meta = file.open_metadata()
    assert (meta["pdfuaid:part"], meta["dc:title"], meta["dc:language"]) == ("1", WORDS["title"](language), {language})
    assert str(file.Root.Lang) == language
    assert bool(file.Root.MarkInfo.Marked) and bool(file.Root.ViewerPreferences.DisplayDocTitle)
    assert all(page.obj.get("/Tabs", Name.S) == Name.S for page in file.pages)


def test_it_tells_of_its_making_only_what_was_meant() -> None:
    file, day = opened(made()), "D:20240314000000Z"
    info = {name: str(value) for name, value in file.docinfo.items()}
    assert info.pop("/Creator").startswith("Typst ")
    assert info == {
        "/Title": WORDS["title"].da,
        "/Author": "Center mod Menneskehandel",
        "/CreationDate": day,
        "/ModDate": day,
    }
    names = set(re.findall(r"<((?:dc|xmp|xmpMM|xmpTPg|pdf|pdfuaid):\w+)>", file.Root.Metadata.read_bytes().decode()))
    assert names == META
    assert not {"/AF", "/AcroForm", "/OpenAction", "/AA"} & set(file.Root.keys())
    assert "/EmbeddedFiles" not in file.Root.get("/Names", Dictionary())


def test_the_same_report_is_the_same_bytes() -> None:
    assert pdf(document()) == made()
    assert pdf(document(commentary="Andet.")) != made()


def test_every_picture_has_its_alternative_text() -> None:
    file = opened(made())
    alternatives = [str(each.Alt) for each in elements(file) if Name.Figure == each.S]
    assert alternatives == [WORDS["alt"].da]
    with pytest.raises(typst.TypstError, match="missing alt text"):
        pdf(without_alternatives(document()))


def test_the_headings_of_columns_and_rows_are_headings() -> None:
    file = opened(made())
    cells = [each for each in elements(file) if each.S in {Name.TH, Name.TD}]
    assert sum(scopes(each) == ["/Row"] for each in cells) == 3 + 2 * 70  # the wide table is two
    assert sum(scopes(each) == ["/Column"] for each in cells) == 2 + 17 + 2
    assert sum(each.S == Name.TD for each in cells) == 3 + 17 * 70


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_read_in_the_order_of_the_report(language: str) -> None:
    file = opened(made(language))
    pages = {page.obj.objgen: n for n, page in enumerate(file.pages)}
    begin = [place for each in elements(file) if each.S in {Name.H1, Name.H2} for place in [*marks(each, pages)][:1]]
    assert len(begin) >= 6 and begin == sorted(begin)
    text, at = squeeze(text_of(made(language))), -1
    text = text[text.rindex(squeeze(LABELS["contents"](language))) :]
    text = text[text.index(squeeze(WORDS["key-figures"](language) + WORDS["victims"](language))) :]
    for name in ("victims", "more", "calls", "men", "by_gender", "comment", "by_citizenship", "licence"):
        at = text.index(squeeze(WORDS[name](language)), at + 1)


def test_its_letters_are_in_it() -> None:
    file = opened(made())
    fonts = [font for page in file.pages for _, font in page.Resources.get("/Font", Dictionary()).items()]
    assert {str(font.BaseFont).partition("+")[2] for font in fonts} == {"IBMPlexSans-Regular", "IBMPlexSans-SemiBold"}
    inner = [font.DescendantFonts[0].FontDescriptor for font in fonts]
    assert all({"/FontFile2", "/FontFile3"} & set(each.keys()) for each in inner)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_of_the_report_is_in_it(language: str) -> None:
    text = squeeze(text_of(made(language)))
    assert [piece for piece in pieces(document(language)) if squeeze(piece) not in text] == []


def test_no_number_is_in_it_that_is_not_in_the_report() -> None:
    report = replace(document(), sections=document().sections[:2])
    content = pdf(report)
    expected = {number for text in (*pieces(report), *additions(report)) for number in re.findall(r"\d+", text)}
    page_numbers = {str(n + 1) for n in range(len(PdfReader(io.BytesIO(content)).pages))}
    assert set(re.findall(r"\d+", text_of(content))) - page_numbers == expected - page_numbers


def test_a_long_table_has_its_head_on_each_page() -> None:
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(made())).pages]
    of_table = [text for text in pages if "Land 1" in text or "Land 6" in text]
    assert len(of_table) >= 4
    assert all(re.search(r"Statsborgerskab 20", text) for text in of_table)
    assert sum(text.count(BAND) for text in pages) == 70


def test_the_widest_table_loses_no_cell_and_nothing_leaves_the_page() -> None:
    report = extremes()
    reader, right = PdfReader(io.BytesIO(pdf(report))), []
    text = "\n".join(page.extract_text(visitor_text=lambda *found: right.append(found[2][4])) for page in reader.pages)
    tables = report.sections[0].blocks[1:]
    assert [piece for piece in pieces(tables) if squeeze(piece) not in squeeze(text)] == []
    assert text.count(BAND) == 3 * 40 and text.count("Række 2") >= 2
    assert max(right) < float(reader.pages[0].mediabox.width) - 24 * 72 / 25.4


def test_the_group_of_rows_is_told_once_above_them() -> None:
    names = ("Køn · Kvinde", "Køn · Mand", "Alder · Ukendt")
    cells = (CellText("7", CellStatus.NORMAL, 7),)
    rows = (Row("Alle", True, cells), *(Row(name, False, cells) for name in names))
    table = Table("all", "Samlet", Grid("", "Gruppe", ("2023",), rows))
    content = pdf(replace(document(), sections=(Section("all", "Samlet", (table,), "Samlet"),)))
    lines = [" ".join(line.split()) for line in text_of(content).splitlines()]
    begin = lines.index("Alle 7")
    assert lines[begin : begin + 6] == ["Alle 7", "Køn", "Kvinde 7", "Mand 7", "Alder", "Ukendt 7"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_cover_says_what_it_is_and_the_digest_stands_whole_beside_its_name(language: str) -> None:
    pages = PdfReader(io.BytesIO(made(language))).pages
    assert LABELS["report"](language) in pages[0].extract_text()
    assert re.search(rf"SHA-256 *{'0f' * 32}", pages[-1].extract_text())


def test_what_was_corrected_comes_first() -> None:
    correction = "Tallet for Sjælland var forkert i udgave 1."
    reader = PdfReader(io.BytesIO(pdf(document(correction=correction, version=2))))
    first, second = (page.extract_text() for page in reader.pages[:2])
    assert "Udgave 2" in first
    assert second.index(correction) < second.index(LABELS["contents"].da)
    assert LABELS["correction"].da not in text_of(made())


@given(st.text(KEYS, min_size=1, max_size=80))
@settings(max_examples=25, deadline=None)
def test_commentary_is_shown_as_it_was_written(text: str) -> None:
    report = replace(document(commentary=text + MARKUP), sections=document(commentary=text + MARKUP).sections[1:2])
    assert squeeze(text + MARKUP) in squeeze(text_of(pdf(report)))


def test_the_bookmarks_are_the_sections() -> None:
    titles = [each.title for each in PdfReader(io.BytesIO(made())).outline if not isinstance(each, list)]
    assert titles[:2] == [
        f"{WORDS['key-figures'].da}: {WORDS['victims'].da}",
        f"{WORDS['gender'].da}: {WORDS['men'].da}",
    ]
    assert titles[2:] == [WORDS["citizenship"].da, LABELS["figures"].da, LABELS["colophon"].da]


def test_its_file_has_a_name_that_says_what_it_is() -> None:
    assert file_name(2023, 1, "da", "pdf") == "menneskehandel-i-danmark-2023-udgave-1.pdf"
    assert file_name(2023, 2, "en", "pdf") == "human-trafficking-in-denmark-2023-edition-2.pdf"
