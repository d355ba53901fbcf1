"""Reading the values of a record's members, whichever way they come, and the refusals that a field can meet, whoever reads it.

Strict throughout: no number is turned into text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any

from cases import months, tokens
from cases.codelists.common import EVERYWHERE
from cases.codelists.types import NOT_ASKED
from cases.fields import CodedField, CodeSetField, Field, MonthField, TokenField
from cases.intake import rules
from cases.intake.additions import READ_ONLY, REASON, REASONS, RECORDED_AT, SCHEMA, STATUS, STATUSES, is_given_out
from cases.intake.guard.references import token_kind
from cases.intake.understanding.texts import is_in_no_calendar
from cases.months import first_day
from core.text import Text

MOST_CODES = 64
CodesOfMember = Callable[[], Iterable[str]]


class FieldRefused(Exception):
    """A value that has not the field's shape. `index`: the item of a list that is wrong; `member`: what is wrong in that item."""

    def __init__(
        self, code: str, codes: Iterable[str] = (), index: int | None = None, member: str | None = None
    ) -> None:
        super().__init__(code)
        self.code = code
        self.codes = tuple(codes)
        self.index = index
        self.member = member


@dataclass(frozen=True, slots=True)
class Input:
    """How the value of one member is read. `read` raises `FieldRefused`; `allowed` is told to who left it out.

    `as_sent`: what the struct has taken is the value already.
    """

    read: Callable[[Any], Any]
    required: bool = True
    allowed: CodesOfMember = tuple
    as_sent: bool = False


def input_of(field: Field) -> Input:
    """How a field of the dictionary is read."""
    match field:
        case CodedField():
            read = partial(read_code, field, frozenset(field.allowed))
            return Input(read, field.required, partial(in_force, field), as_sent=True)
        case CodeSetField():
            return Input(partial(read_set, field, frozenset(field.allowed)), field.required, partial(in_force, field))
        case MonthField():
            return Input(read_month, field.required)
        case TokenField():
            return Input(read_token, field.required)


def in_force(field: CodedField | CodeSetField) -> tuple[str, ...]:
    """The codes that are named to who sent none of them: those of today."""
    return rules.offered_codes(field, months.today())


def read_code(field: CodedField | CodeSetField, codes: frozenset[str], data: object) -> str:
    if type(data) is not str:
        raise FieldRefused("code_expected", in_force(field))
    if data not in codes:
        raise FieldRefused("code_unknown", in_force(field))
    return data


def read_set(field: CodeSetField, codes: frozenset[str], data: object) -> list[str]:
    """A set of codes, in any order; repeats are one. A refusal has the index of the first wrong one."""
    if type(data) is not list:
        raise FieldRefused("set_expected")
    if len(data) > MOST_CODES:
        raise FieldRefused("too_many_codes")
    for index, code in enumerate(data):
        if type(code) is not str or code not in codes:
            unfit_code = "code_unknown" if type(code) is str else "code_expected"
            raise FieldRefused(unfit_code, in_force(field), index)
    if NOT_ASKED in data and len(set(data)) > 1:
        raise FieldRefused("not_asked_stands_alone")
    return data


def read_month(data: object) -> object:
    """The first day of a month."""
    month = first_day(data) if type(data) is str else None
    if month is None:
        raise FieldRefused("month_not_real" if type(data) is str and is_in_no_calendar(data) else "month_expected")
    return month


def read_token(data: object) -> str:
    """The canonical form of a case token, read as Crockford says."""
    token = tokens.canonical(data) if type(data) is str else None
    if token is None or token_kind(token):
        raise FieldRefused("case_token_expected")
    return token


def one_of(values: tuple[str, ...], data: object) -> str:
    """A value that the service gives. Raises `FieldRefused`."""
    if not isinstance(data, str) or data not in values:
        raise FieldRefused(READ_ONLY)
    return data


def in_form(name: str, data: object) -> str:
    """A text in the form in which the service gives out this member. Raises `FieldRefused`."""
    if not isinstance(data, str) or not is_given_out(name, data):
        raise FieldRefused(READ_ONLY)
    return data


# What the service gives out and passes over when it comes back.
READ_EXPORTED: dict[str, Callable[[object], str]] = {
    STATUS: partial(one_of, STATUSES),
    REASON: partial(one_of, REASONS),
    SCHEMA: partial(in_form, SCHEMA),
    RECORDED_AT: partial(in_form, RECORDED_AT),
}


ALONE = EVERYWHERE[NOT_ASKED]
# What is no code, and what covers several.
UNKNOWN, SEVERAL, EDITION_UNKNOWN = "code_unknown", "code_of_several", "edition_unknown"
SHAPES = {
    "required": Text("Feltet skal være der.", "The field is required."),
    "code_expected": Text("Skriv en kode fra kodelisten, som tekst.", "Write a code of the code list, as text."),
    UNKNOWN: Text("Koden er ikke på kodelisten.", "The code is not on the code list."),
    SEVERAL: Text(
        "Svaret dækker flere koder på listen: skriv den, der passer på personen.",
        "The answer covers several codes of the list: write the one that is true of the person.",
    ),
    EDITION_UNKNOWN: Text(
        "Bogstavet er ikke den samme branche i DB07 og DB25. I en tabel venter rækken på svaret på, hvilken udgave bogstaverne er "
        "fra, og skal ikke rettes for det. I JSON: skriv en kode.",
        "The letter is not the same industry in NACE Rev. 2 (DB07) and 2.1 (DB25). In a table the row waits for the answer on "
        "which edition the letters are of, and needs no correction for it. In JSON: write a code.",
    ),
    "set_expected": Text("Skriv en liste af koder; [] betyder ingen.", "Write a list of codes; [] means none."),
    "not_asked_stands_alone": Text(
        f"{ALONE.da} ({NOT_ASKED}) står alene: slet det eller de andre koder.",
        f"{ALONE.en} ({NOT_ASKED}) stands alone: delete it or the other codes.",
    ),
    "too_many_codes": Text(
        "Der er for mange koder: skriv hver kode én gang.", "There are too many codes: write each code once."
    ),
    "month_expected": Text(
        "Skriv måneden som ÅÅÅÅ-MM, fx 2025-03; året med fire cifre.",
        "Write the month as YYYY-MM, such as 2025-03; the year with four digits.",
    ),
    "month_not_real": Text(
        "Der er ingen sådan måned eller dag: månederne er 01 til 12, og dagene højst 31. Skriv måneden som ÅÅÅÅ-MM, fx 2025-03.",
        "There is no such month or day: months are 01 to 12, and days 31 at most. Write the month as YYYY-MM, such as 2025-03.",
    ),
    "case_token_expected": Text(
        "Skriv en sagskode på 11 tegn, hvoraf det sidste er et kontroltegn.",
        "Write a case token of 11 characters, the last of which is a check character.",
    ),
    "object_expected": Text("Der skal stå et JSON-objekt.", "A JSON object is needed."),
    "unknown_member": Text(
        "Objektet har et medlem, som ikke bruges. Navnet gentages ikke; de mulige står i allowed.",
        "The object has a member that is not used. Its name is not repeated; the possible ones are in allowed.",
    ),
    "read_only": Text(
        "Feltet sættes af tjenesten og ændres ikke her: udelad det, eller send det, som det blev hentet.",
        "The service sets this field, and it is not changed here: leave it out, or send it as you got it.",
    ),
}
