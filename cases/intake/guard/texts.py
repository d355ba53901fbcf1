"""Identifiers that are written with words and signs: e-mail and web addresses, postal addresses, case numbers."""

from __future__ import annotations

import re

from cases.intake.guard.kinds import IdentifierKind
from cases.intake.guard.words import is_word_of_ours

TOP_LEVEL = (
    "dk|com|org|net|eu|info|nu|io|me|co|de|se|no|fi|is|fo|gl|uk|ie|fr|es|it|nl|be|pl|ro|bg|cz|hu|lt|lv|ee|ua|ru|ng|ug|gh|ke|th|vn|ph|br"
    "|app|dev|online|site|live|xxx|onl|link|xyz"
)
DOT = r" ?(?:\.|[(\[{<] ?(?:\.|dot|punktum|prik) ?[)\]}>]| (?:dot|punktum|prik) ) ?"
AT_SIGN = re.compile(r"@ ?\w|\w ?@")
AT_IN_BRACKETS = re.compile(r"\w ?[(\[{<] ?(?:at|a|snabel-?a|æt|ved) ?[)\]}>] ?\w", re.I)
AT_WORD = re.compile(rf"[\w.+-] (?:at|snabel-?a|æt) [\w-]+(?:{DOT}[\w-]+)*{DOT}[a-z]{{2,}}", re.I)
URL = re.compile(
    rf"(?:h(?:tt|xx)ps?|ftp) ?:|\bwww ?\.|\b(?:facebook|fb|instagram|tiktok|telegram|snapchat|whatsapp|linkedin|onlyfans)\b"
    rf"|\w-*{DOT}(?:{TOP_LEVEL})(?![\w-])|\b(?:t|wa)\.me\b|\d ?\. ?\d+ ?\. ?\d+ ?\. ?\d+/",
    re.I,
)
STREET_END = (
    "(?:vej|gade|gaden|allé|alle|stræde|plads|pladsen|boulevard|torv|torvet|vænge|vænget|parken|stien|bakken|gården|kaj|brygge|have"
    "|toften|dam|strasse|straße)"
)
STREET_WORD = r"(?:street|st|road|rd|avenue|ave|lane|ln|square|drive|court|terrace|boulevard|blvd|close|way)"
ADDRESS = re.compile(
    rf"\b[^\W\d_]*{STREET_END}\.?,? ?(?:nr\.? ?)?\d{{1,4}}(?!\d)"
    rf"|\b\d{{1,4}} ?[a-z]?,? [^\W\d_]+ (?:[^\W\d_]+ )?{STREET_WORD}\b"
    rf"|\b[^\W\d_]+ {STREET_WORD}\.?,? \d{{1,4}}\b"
    r"|\b(?:postboks|box|c/o)\b.*\w",
    re.I,
)
POSTAL = re.compile(r"(?<!\d)(?:DK ?-? ?)?(?P<code>[0-9]{4}),? (?P<town>[^\W\d_]{2,})", re.I)
CASE_WORDS = re.compile(
    r"\b(?:j|s|sags?|sag|journal|jour|case|file|ref|akt)[ .]*-? ?(?:nr|no|num|nummer|number|id|#)\b"
    r"[ .:#-]*(?:[^\s.:#-]\S*)?\d",
    re.I,
)
INITIALS_LAST = re.compile(
    r"(?<!\d)(?:(?:19|20)\d{2}[-/.]\d{1,8}|\d{2}[-/.]\d{3,8})[ /._-]*(?P<initials>[A-ZÆØÅ]{2,4})(?![^\W\d_])"
)
INITIALS_FIRST = re.compile(
    r"(?<![^\W_])(?P<initials>[A-ZÆØÅ]{2,4})[ /._-]?(?:(?:19|20)\d{2}|(?<=[ /._-])\d{2,8})[-/.]\d{1,8}(?![^\W_])"
)


def text_kind(text: str) -> IdentifierKind | None:
    """What a folded text is, or has in it."""
    if AT_SIGN.search(text) or AT_IN_BRACKETS.search(text) or AT_WORD.search(text):
        return IdentifierKind.EMAIL
    if URL.search(text):
        return IdentifierKind.URL
    if has_case_number(text):
        return IdentifierKind.CASE_NUMBER
    if ADDRESS.search(text) or has_town(text):
        return IdentifierKind.ADDRESS
    return None


def has_case_number(text: str) -> bool:
    """Whether a number has a caseworker's initials beside it, or the word for a case number before it."""
    if CASE_WORDS.search(text):
        return True
    matches = (match for form in (INITIALS_LAST, INITIALS_FIRST) for match in form.finditer(text))
    return any(not is_word_of_ours(match["initials"]) for match in matches)


def has_town(text: str) -> bool:
    """Whether four digits that can be a postal code stand before a word that is none of ours, as a month is."""
    return any(not is_word_of_ours(match["town"]) for match in POSTAL.finditer(text))
