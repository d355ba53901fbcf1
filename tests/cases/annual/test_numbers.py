"""No figure can be typed: which numbers of a text are taken for figures, and which of these the report must show."""

from __future__ import annotations

from decimal import Decimal

import pytest

from cases.annual.numbers import ShownNumbers, foreign_numbers

COUNTS, PERCENTS = frozenset({1234, 112, 72, 5}), frozenset({Decimal(64), Decimal("12.5")})
SHOWN = ShownNumbers(2023, COUNTS, PERCENTS, frozenset({18}), frozenset({"0–9"}))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("112 personer, heraf 72 kvinder (64 pct.), mest i 2022 og 2023.", "da"),
        ("112 persons, 72 of them women (64%), most in 2022 and 2023.", "en"),
        ("1.234 personer og 12,5 procent", "da"),
        ("1 234 og 1\u202f234", "da"),
        ("1,234 persons and 12.5 per cent", "en"),
        ("Børn under 18 år og 18-årige", "da"),
        ("Persons aged 18 or over, and those under 18 years", "en"),
        ("Under or over 18, over 112 and under 72", "en"),
        ("1. Flere bliver fundet\n2) Flere henvender sig", "da"),
        ("Den 14. marts 2024 blev straffelovens § 262 a ændret.", "da"),
        ("On 14 March 2024, section 262 was changed", "en"),
        ("Ingen tal her.", "da"),
        ("Kvinder 72, andre skjult (0–9). I 2022 112 og 2019–2023 5", "da"),
    ],
)
def test_what_the_report_shows_and_what_is_no_figure_can_be_written(text: str, language: str) -> None:
    assert foreign_numbers(text, language, SHOWN) == []


@pytest.mark.parametrize(
    ("text", "language", "number"),
    [
        ("113 personer", "da", "113"),
        ("skjult (0–8)", "da", "0"),
        ("9 personer", "da", "9"),
        ("72 pct. af dem", "da", "72"),  # a count, and no percentage
        ("64 personer", "da", "64"),  # a percentage, and no count
        ("18 personer", "da", "18"),  # an age, and no count
        ("under 25 år", "da", "25"),
        ("over 113", "da", "113"),
        ("2023 %", "da", "2023"),
        ("I 1850 og 2055", "da", "1850"),
        ("1,234 personer", "da", "1,234"),
        ("1.234 persons", "en", "1.234"),
        ("12,5 per cent", "en", "12,5"),
        ("1 5 personer og 35", "da", "1"),
        ("Der var 1. 1 af dem", "da", "1"),
        ("٣ personer", "da", "٣"),
        ("½ af dem", "da", "½"),
        ("Ⅻ personer", "da", "Ⅻ"),
        ("14.3.2024", "da", "14.3.2024"),
        ("112.000 personer", "da", "112.000"),
        ("112 000 personer", "da", "112 000"),
    ],
)
def test_any_other_number_is_found_as_it_is_written(text: str, language: str, number: str) -> None:
    assert foreign_numbers(text, language, SHOWN)[0] == number


def test_a_number_of_a_line_is_none_where_it_stands_elsewhere() -> None:
    assert foreign_numbers("3. Den tredje\nog 3. Ikke den.", "da", SHOWN) == ["3"]
