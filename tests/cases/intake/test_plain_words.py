"""Rules in the words of people: labels stand where rules name codes and fields."""

from __future__ import annotations

import re

import pytest

from cases.intake.batches.wording import LEAST, about_in_words, detail_in_words
from cases.intake.rulebook import RULES
from cases.intake.understanding.codes import CODED
from core.text import Text

NAMES = {name for name in CODED if "_" in name}
# A shorter code may be a word too, as EU is.
CODES = {code for each in CODED.values() for code in each.allowed if len(code) >= LEAST or code.startswith("_")}
WORD = re.compile(r"\w+")


@pytest.mark.parametrize("rule", RULES)
def test_no_rule_names_a_field_or_a_code(rule: str) -> None:
    for text in (detail_in_words(rule), about_in_words(rule)):
        for language in Text._fields:
            assert not {*WORD.findall(text(language))} & (NAMES | CODES)


@pytest.mark.parametrize(
    ("rule", "da", "en"),
    [
        ("adoption_of_adult", "brug »Ja« i »Under 18 år ved udnyttelsen«.", "use “Yes” in “Under 18 when exploited”."),
        ("duration_before_exploitation", "eller ret »Udnyttet i«.", "or correct “Exploited in”."),
        ("young_child_reported_itself", "»Personen selv« betyder, at barnet", "“The person” means that the child"),
    ],
)
def test_labels_stand_instead(rule: str, da: str, en: str) -> None:
    about = about_in_words(rule)
    assert da in about.da and en in about.en


def test_what_is_no_code_stays() -> None:
    assert detail_in_words("array_expected") == RULES["array_expected"].detail
    assert detail_in_words("danish_citizen_is_danish").en == "Danish citizen needs citizenship Denmark."
