"""Identifiers by their form: numbers of persons, days, e-mail and web addresses, postal addresses, case numbers.

A day is a birth date, but where a month is asked for: there Danes write 14-03-2025.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from cases.intake.guard.kinds import IdentifierKind
from cases.intake.guard.words import LOOKALIKES, is_word_of_ours

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


# Digits with at most three signs between them, of which none is a letter.
APART = r"[^0-9A-Za-zÆØÅæøå]{0,3}"
RUN = re.compile(rf"\d(?:{APART}\d){{5,}}")
# The same with letters that look like digits.
LIKE = r"[0-9OoØøIil|!\u039f\u03bf\u041e\u043e\u0555\u0399\u03b9\u0406\u0456\u04cf\u3007]"
LIKE_RUN = re.compile(rf"{LIKE}(?:[^0-9A-Za-zÆØÅæøå|!]{{0,3}}{LIKE}){{7,}}")
# Of a number with letters in it, so many must be digits.
LEAST_DIGITS = 6
SCIENTIFIC = re.compile(r"(\d)[.,](\d+)[eE]\+?0*(\d{1,2})(?!\d)")
NOT_DIGITS = re.compile(r"\D")
CPR_LENGTH = 10
PHONE_LENGTH = 7
# A longer number is an identifier all the same, whatever it hides.
MOST_DIGITS = 24
# A provisional CPR number has a day of 61 to 91.
PROVISIONAL = 60
FIRST_BIRTH, LAST_BIRTH = 1900, 2049
# A year of two digits below this one is of this century.
PIVOT = 50


def runs(text: str) -> Iterator[str]:
    """The digits of each number in a folded text, six or more, also where letters stand for some or a power of ten follows."""
    text = SCIENTIFIC.sub(written_out, text)
    for match in RUN.finditer(text):
        yield NOT_DIGITS.sub("", match[0])
    for match in LIKE_RUN.finditer(text):
        if sum(map(str.isdigit, match[0])) >= LEAST_DIGITS:
            yield NOT_DIGITS.sub("", match[0].translate(LOOKALIKES))


def written_out(match: re.Match[str]) -> str:
    """A number that a spreadsheet wrote with a power of ten, in digits."""
    return f"{match[1]}{match[2]:0<{match[3]}}"


def number_kind(digits: str) -> IdentifierKind | None:
    """What a number of at least six digits is. One of seven digits or more is never a value of ours."""
    if hides_cpr(digits):
        return IdentifierKind.CPR
    if is_birth_date(digits):
        return IdentifierKind.BIRTH_DATE
    return IdentifierKind.PHONE if len(digits) >= PHONE_LENGTH else None


def hides_cpr(digits: str) -> bool:
    """Whether ten digits in a row are a CPR number, or nine with the leading zero lost."""
    if len(digits) == CPR_LENGTH - 1:
        return is_cpr(f"0{digits}")
    if len(digits) > MOST_DIGITS:
        return False
    return any(is_cpr(digits[start : start + CPR_LENGTH]) for start in range(len(digits) - CPR_LENGTH + 1))


def is_cpr(digits: str) -> bool:
    """Whether ten digits begin with a day and a month.

    Since 2007 numbers are issued that fail the check by modulus 11, so that nothing more can be asked of one.
    """
    day = int(digits[:2])
    return is_day(day - PROVISIONAL if day > PROVISIONAL else day, int(digits[2:4]))


def is_day(day: int, month: int) -> bool:
    """Whether there is such a day in some year."""
    return 1 <= month <= 12 and 1 <= day <= 31


def is_birth_date(digits: str) -> bool:
    """Whether six digits are a day, or seven or eight are one with its century. A month of this century is none."""
    if len(digits) == 6:
        first, second, third = int(digits[:2]), int(digits[2:4]), int(digits[4:])
        return not is_month(digits) and (is_day(first, second) or is_day(third, second))
    if len(digits) in {7, 8}:
        eight_digits = digits.zfill(8)
        day_first = is_day(int(eight_digits[:2]), int(eight_digits[2:4])) and is_birth_year(int(eight_digits[4:]))
        return day_first or (
            is_birth_year(int(eight_digits[:4])) and is_day(int(eight_digits[6:]), int(eight_digits[4:6]))
        )
    return False


def is_month(digits: str) -> bool:
    """Whether six digits are a year of this century and a month, in either order."""
    year_first = digits[:2] == "20" and 1 <= int(digits[4:]) <= 12
    return year_first or (digits[2:4] == "20" and 1 <= int(digits[:2]) <= 12)


def is_birth_year(year: int) -> bool:
    """Whether somebody can have been born in the year."""
    return FIRST_BIRTH <= year <= LAST_BIRTH


def full_year(year: int) -> int:
    """A year of two digits with its century; another one as it is."""
    return year if year >= 100 else year + (2000 if year < PIVOT else 1900)


MONTHS = (
    ("jan",),
    ("feb",),
    ("mar",),
    ("apr",),
    ("maj", "may"),
    ("jun",),
    ("jul",),
    ("aug",),
    ("sep",),
    ("okt", "oct"),
    ("nov",),
    ("dec",),
)
MONTH_NUMBERS = {short: number for number, spellings in enumerate(MONTHS, 1) for short in spellings}
NAMED = rf"(?P<name>{'|'.join(MONTH_NUMBERS)})[a-zæøå]*\.?"
PART = r" ?[-./,' ] ?"
NUMERIC = re.compile(rf"(?<![\d])(?P<a>\d{{1,4}}){PART}(?P<b>\d{{1,2}}){PART}(?P<c>\d{{4}}|\d{{1,2}})(?!\d)")
DAY_FIRST = re.compile(
    rf"(?<!\d)(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\.?[ -]?(?:of )?{NAMED}[ ,-]*(?P<year>\d{{4}}|\d{{2}})(?!\d)", re.I
)
MONTH_FIRST = re.compile(rf"\b{NAMED} ?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? +(?P<year>\d{{4}})(?!\d)", re.I)
YEAR_FIRST = re.compile(rf"(?<!\d)(?P<year>\d{{4}})[ -]{NAMED}[ -](?P<day>\d{{1,2}})(?!\d)", re.I)
NAMED_FORMS = (DAY_FIRST, MONTH_FIRST, YEAR_FIRST)
# A fraction and an offset beside each other could be a CPR number, so that an offset then is none.
ZONE = r"(?:Z|[+-](?:0\d|1[0-4]):?00)"
TIME = rf"(?:[T ]\d{{1,2}}[:.]\d{{2}}(?:[:.][0-6]\d(?:\.\d{{1,6}}(?:Z|\+00:?00)?|{ZONE})?|{ZONE})?)?"
COMPACT = re.compile(r"(?P<y>20\d{2})(?P<m>\d{2})(?P<d>\d{2})|(?P<day>\d{2})(?P<month>\d{2})(?P<year>20\d{2})")
# Two numbers and a year of this century, parted by one sign as a date is and no telephone number.
NO_SUCH_DAY = re.compile(r"\d{1,2}(?P<sign>[-./])\d{1,2}(?P=sign)20\d{2}|20\d{2}(?P<last>[-./])\d{1,2}(?P=last)\d{1,2}")
END_OF_DAY = re.compile(rf"{TIME}\.?", re.I)
FIRST_YEAR = 2000


def days(text: str) -> Iterator[tuple[int, int, int]]:
    """Each day in a folded text: its year, and where it begins and ends."""
    for match in NUMERIC.finditer(text):
        if (year := numeric_year(match["a"], match["b"], match["c"])) is not None:
            yield year, match.start(), match.end()
    for form in NAMED_FORMS:
        for match in form.finditer(text):
            if is_day(int(match["day"]), MONTH_NUMBERS[match["name"].lower()]):
                yield full_year(int(match["year"])), match.start(), match.end()


def numeric_year(first: str, second: str, third: str) -> int | None:
    """The year of a day in numbers, in any order of day and month; None where it is no day."""
    year_first = len(first) > 2
    year = full_year(int(first if year_first else third))
    day, month = (int(third), int(second)) if year_first else (int(first), int(second))
    is_right = is_birth_year(year) and (is_day(day, month) or is_day(month, day))
    return year if is_right and len(first) != 3 else None


def is_day_of_month_field(text: str) -> bool:
    """Whether a folded text is one day of this century and nothing else, with a time or without: it stands for its month.

    A day that no calendar has, as 31/13/2026, is written as one too: the rule of the month refuses it, in its row.
    """
    if NO_SUCH_DAY.fullmatch(text):
        return True
    if match := COMPACT.fullmatch(text):
        return is_day(int(match["d"] or match["day"]), int(match["m"] or match["month"]))
    return any(
        year >= FIRST_YEAR and not start and END_OF_DAY.fullmatch(text, end) is not None
        for year, start, end in days(text)
    )
