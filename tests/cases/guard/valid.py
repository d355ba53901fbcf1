"""Rows of a file in which nothing is an identifier, in every writing that partners use. All are seeded."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from uuid import UUID

from cases import dictionary as d
from cases import tokens
from cases.fields import CodedField, CodeSetField, Field, MonthField
from tests.cases.guard.identifiers import MONTHS_DA, MONTHS_EN


def valid_rows(number: int, seed: int) -> Iterator[list[object]]:
    """So many rows of a file: a reference, then the fields of a referral, in codes, labels and months of every writing."""
    rng = Random(seed)
    for _ in range(number):
        yield [str(UUID(int=rng.getrandbits(128), version=4)), *(valid_cell(rng, field) for field in d.REFERRAL)]


def valid_cell(rng: Random, field: Field) -> object:
    """What a partner may write into a field."""
    match field:
        case CodedField():
            code = rng.choice(field.codelist.codes)
            return rng.choice(
                [code.code, *code.label, code.label.da.upper(), code.label.en.lower(), f" {code.label.da} "]
            )
        case CodeSetField():
            codes = rng.sample(field.codelist.codes, rng.randint(0, 4))
            texts = [rng.choice([code.code, *code.label]) for code in codes]
            return rng.choice(["|", "; ", ", ", " | "]).join(texts) or rng.choice(["", None, "[]", "ingen", "none"])
        case MonthField():
            return valid_month(rng)
        case _:
            token = tokens.mint()
            return rng.choice([token, token.lower(), f"{token[:4]}-{token[4:8]}-{token[8:]}", None])


def valid_month(rng: Random) -> object:
    """A month, or a day of it, as Danes and spreadsheets write it."""
    year, month, day = rng.randint(2000, 2026), rng.randint(1, 12), rng.randint(1, 28)
    forms = [f"{year}-{month:02d}", f"{day:02d}-{month:02d}-{year}", f"{day}.{month}.{year}", f"{day}/{month}/{year}"]
    forms += [
        f"{MONTHS_DA[month - 1]} {year}",
        f"{MONTHS_EN[month - 1]} {year}",
        f"{day}. {MONTHS_DA[month - 1]} {year}",
        f"{month:02d}/{year}",
    ]
    forms += [
        f"{year}-{month:02d}-{day:02d}",
        f"{year}-{month:02d}-{day:02d} 00:00:00",
        f"{day:02d}.{month:02d}.{year % 100:02d}",
    ]
    return rng.choice(forms)
