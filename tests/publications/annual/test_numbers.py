"""No figure can be typed: which numbers of a text are taken for figures, and which of these the section must show."""

from __future__ import annotations

from decimal import Decimal

import pytest

from publications.annual.numbers import ShownNumbers, foreign_numbers, phrases_in
from publications.annual.places import lines_of, section_of

COUNTS, CHANGES = frozenset({1234, 112, 72, 47, 5, 3, 4, 7, 1, 9, 121, 16, 19}), frozenset({42, -6})
PERCENTS, PROPOSED = frozenset({Decimal(64), Decimal("12.5"), Decimal(47)}), "Bars. 2022 70 (elsewhere), 2023 112."
SHOWN = ShownNumbers(2023, COUNTS, CHANGES, PERCENTS, frozenset({18, 24}), frozenset({"0–9"}), phrases_in([PROPOSED]))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("112 personer, heraf 72 kvinder (64 pct.), mest i 2022 og 2023.", "da"),
        ("112 persons, 72 of them women (64%), most in 2022 and 2023.", "en"),
        ("1.234 personer og 12,5 procent", "da"),
        ("1 234 og 1\u202f234", "da"),
        ("1,234 persons and 12.5 per cent", "en"),
        ("Børn under 18 år, 18-årige og 18–24 år", "da"),
        ("Persons aged 18 or over, and those under 18 years or aged 18–24", "en"),
        ("Over 112 and under 72", "en"),
        ("42 flere og 6 færre end i 2022", "da"),
        ("42 more than in 2022, and 6 fewer than in 2021", "en"),
        ("Den 14. marts 2024 blev straffelovens § 262 a ændret.", "da"),
        ("On 14 March 2024, section 262a of the Criminal Code was changed", "en"),
        ("Udlændingelovens § 9.", "da"),
        ("In May 2023, since 2019, and from 2019–2023 (2022)", "en"),
        ("Ingen tal her.", "da"),
        ("Kvinder 72, andre skjult (0–9). I 2022, 112 og fra 2019–2023, 5 – og flere", "da"),
        ("2023 112, and much else", "en"),
    ],
)
def test_what_the_section_shows_and_what_is_no_figure_can_be_written(text: str, language: str) -> None:
    assert foreign_numbers(text, language, SHOWN) == []


@pytest.mark.parametrize(
    ("text", "language", "number"),
    [
        ("113 personer", "da", "113"),
        ("skjult (0–8)", "da", "0–8"),
        ("10 personer", "da", "10"),
        ("72 pct. af dem", "da", "72"),  # a count, and no percentage
        ("64 personer", "da", "64"),  # a percentage, and no count
        ("18 personer", "da", "18"),  # an age, and no count
        ("42 personer", "da", "42"),  # a change, and no count
        ("42 færre", "da", "42"),  # a rise
        ("6 more", "en", "6"),  # a fall
        ("72 flere", "da", "72"),  # a count, and no change
        ("under 25 år", "da", "25"),
        ("over 113", "da", "113"),
        ("2019–2023 5", "da", "2019–2023"),
        ("2023 %", "da", "2023"),
        ("I 1850 og 2055", "da", "1850"),
        ("1,234 personer", "da", "1,234"),
        ("1.234 persons", "en", "1.234"),
        ("12,5 per cent", "en", "12,5"),
        ("Der var 1. 13 af dem", "da", "13"),
        ("٣ personer", "da", "٣"),
        ("½ af dem", "da", "½"),
        ("Ⅻ personer", "da", "Ⅻ"),
        ("14.3.2024", "da", "14.3.2024"),
        ("112.000 personer", "da", "112.000"),
        ("112 000 personer", "da", "112"),
        # Chains of shown numbers are others.
        ("4-7-1-9 ofre", "da", "4-7-1-9"),
        ("4 7 1 9 ofre", "da", "4"),
        ("4/7 ofre", "da", "4/7"),
        ("4+7", "da", "4+7"),
        ("4 + 7", "da", "4"),
        ("4 – 7", "da", "4"),
        ("4–7", "da", "4–7"),
        ("4\u00a07 ofre", "da", "4"),
        ("1  121 ofre", "da", "1"),
        ("4. -7 ofre", "da", "7"),
        ("a4 ofre, 4x", "da", "4"),
        # What stands after a number makes it another.
        ("47 (%)", "da", "47"),
        ("47 [%]", "en", "47"),
        ("47 pc of them", "en", "47"),
        ("47 per-cent", "en", "47"),
        ("47 hele procent", "da", "47"),
        ("47 procentpoint", "da", "47"),
        ("47 per cent points", "en", "47"),
        ("47 promille", "da", "47"),
        ("47 ‰", "da", "47"),
        ("47 tusinde", "da", "47"),
        ("47 thousand", "en", "47"),
        ("47k", "da", "47"),
        ("47 k", "da", "47"),
        ("47 mio.", "da", "47"),
        ("47 af hundrede", "da", "47"),
        ("47 ud af hvert hundrede", "da", "47"),
        ("4 gange så mange", "da", "4"),
        ("42 flere tusinde", "da", "42"),
        # Years, days and laws are such in their own form alone.
        ("2019 personer", "da", "2019"),
        ("Der var 2019 udnyttede", "da", "2019"),
        ("Over 1998 women", "en", "1998"),
        ("in 1998 women", "en", "1998"),
        ("af 2019 ofre", "da", "2019"),
        ("13 may have been exploited", "en", "13"),
        ("13 May have been exploited", "en", "13"),
        ("13 march on", "en", "13"),
        ("13. marts", "da", "13"),
        ("13. Marts 2023", "da", "13"),
        ("13 May 2023 women", "en", "13"),
        ("32 May 2023", "en", "32"),
        ("section 2 persons", "en", "2"),
        ("section 2 of the victims", "en", "2"),
        ("section 262 was changed", "en", "262"),
        ("§ 2 personer", "da", "2"),
        ("§ 2 i Nordjylland", "da", "2"),
        ("§ 2 a personer", "da", "2"),
        ("section 2 of the Aalborg victims", "en", "2"),
        ("(2019 udnyttede)", "da", "2019"),
        ("4 x 7", "da", "4"),
        # A piece of what is proposed stands alone.
        ("And so 2022 70 (elsewhere)", "en", "2022"),
        ("70 (elsewhere)", "en", "70"),
    ],
)
def test_any_other_number_is_found_as_it_is_written(text: str, language: str, number: str) -> None:
    assert foreign_numbers(text, language, SHOWN)[0] == number


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("i alt\n16) ofre", ["i alt 16) ofre"]),
        ("1\n121", ["1 121"]),
        ("1. Flere\n2) Andre", ["Flere", "Andre"]),
        ("113. Flere\n114. Andre", ["113. Flere 114. Andre"]),
        ("- 113 mænd\n- 114 kvinder\n\n115", ["113 mænd", "114 kvinder", "115"]),
    ],
)
def test_a_comment_is_checked_as_the_page_shows_it(text: str, lines: list[str]) -> None:
    assert lines_of("gender:comment", text) == lines
    assert lines_of("gender:heading", text) == [text]


def test_the_number_of_a_line_is_none_where_the_lines_are_joined() -> None:
    shown = ShownNumbers(2023)
    for text, numbers in (("i alt\n16) ofre", ["16"]), ("16) ofre", [])):
        assert [n for line in lines_of(":comment", text) for n in foreign_numbers(line, "da", shown)] == numbers


def test_the_section_of_a_place_is_that_of_the_comment_after_it() -> None:
    places = ["years:heading", "chart:alt", "years:comment", "gender:heading", "gender:comment"]
    assert [section_of(each, places) for each in places] == ["years", "years", "years", "gender", "gender"]
    assert section_of("nothing:heading", places) == ""
