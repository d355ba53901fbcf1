"""An improbable combination, and what several of them ask of a row."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from cases.codelists.countries import FREE_BESIDE_EU, is_eu_member
from cases.fields import as_codes
from cases.rules import Values
from core.text import Text

# The special act on persons displaced from Ukraine came into force on 17 March 2022 (act 324 of 16 March 2022).
PROTECTION_SINCE = date(2022, 3, 1)


@dataclass(frozen=True, slots=True)
class ImprobableCombination:
    """One soft check of a row.

    `about`: why it is improbable, and what to do. `example`: changes to the dictionary's example record that meet it.
    """

    code: str
    field: str
    detail: Text
    about: Text
    is_met_by: Callable[[Values], bool]
    example: Mapping[str, object]


def any_of(values: Values, names: Iterable[str], codes: frozenset[str]) -> bool:
    """Whether one of the sets has one of the codes."""
    return any(code in codes for name in names for code in as_codes(values[name]))


def moves_freely(values: Values) -> bool:
    """Whether the citizenship alone gives free movement, in the month of the referral."""
    month = values["referred_in"]
    country = str(values["citizenship"])
    return country in FREE_BESIDE_EU or (isinstance(month, date) and is_eu_member(country, month))


def is_before_protection(values: Values) -> bool:
    """Whether the month of the referral is before the act on temporary protection."""
    month = values["referred_in"]
    return isinstance(month, date) and month < PROTECTION_SINCE
