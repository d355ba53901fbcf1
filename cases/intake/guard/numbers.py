"""Numbers of persons: CPR numbers, telephone numbers and days of birth, in whatever groups their digits stand."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cases.intake.guard.folding import LOOKALIKES
from cases.intake.guard.kinds import IdentifierKind

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
