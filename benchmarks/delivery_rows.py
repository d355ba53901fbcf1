"""Invented rows of a delivery that break no rule and of which no check asks anything, so that a strict file is stored at once."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import cycle, islice
from random import Random
from uuid import UUID

from cases import dictionary as d
from cases.codelists.types import NOT_ASKED
from cases.fields import CodedField, CodeSetField, Field
from cases.intake.batches.rows import RowReader, SentRow
from cases.intake.checks.rows import row_checks
from cases.months import later, month_id, this_month

Row = dict[str, object]
MONTHS = 96
MOST_OF_SET = 2
BODIES = 1_500
REFERRED_IN = d.REFERRED_IN.name
REQUIRED = frozenset({"reference", *(field.name for field in d.REFERRAL if field.required)})


def rows(number: int, seed: int = 1) -> Iterator[Row]:
    """So many rows, each with a reference of its own. Months and bodies are dealt in turn, so that every month has as many."""
    random = Random(seed)
    months = [month_id(later(this_month(), -back)) for back in range(MONTHS, 0, -1)]
    bodies = min(BODIES, number)
    hand = list(islice(accepted_bodies(random), bodies))
    for place, body in enumerate(islice(cycle(hand), number)):
        month = months[(place + place // bodies) % MONTHS]
        yield {"reference": reference(random), **body, REFERRED_IN: month}


def short(row: Row) -> Row:
    """The members that a row must have: so a file of a million rows is no larger than one may be."""
    return {name: values for name, values in row.items() if name in REQUIRED}


def reference(random: Random) -> str:
    """A UUID of version 4."""
    return str(UUID(int=random.getrandbits(128), version=4))


def accepted_bodies(random: Random) -> Iterator[Row]:
    """What rows may say in the first and the last of the months, and so in all of them."""
    reader = RowReader()
    ends = [month_id(later(this_month(), -back)) for back in (MONTHS, 1)]
    while True:
        body = {each.name: value(each, random) for each in d.REFERRAL if isinstance(each, CodedField | CodeSetField)}
        body = {name: values for name, values in body.items() if values is not None}
        if all(is_accepted(reader, {"reference": reference(random), **body, REFERRED_IN: month}) for month in ends):
            yield body


def value(field: Field, random: Random) -> object:
    """Something that a field may say; None where it is left out."""
    match field:
        case CodedField():
            code = random.choice(field.allowed)
            return None if code == NOT_ASKED and not field.required else code
        case CodeSetField():
            return random.sample(field.codelist.names, random.randrange(MOST_OF_SET + 1))
    return None


def is_accepted(reader: RowReader, row: Row) -> bool:
    """Whether a row keeps all rules, and no check asks about it."""
    result = reader.check(SentRow(0, 1, members=row))
    return not result.errors and not row_checks(result.values)


def ndjson(rows: Iterable[Mapping[str, object]]) -> Iterator[bytes]:
    return (json.dumps(row).encode() + b"\n" for row in rows)
