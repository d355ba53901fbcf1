"""What is behind a release before it is built: whether anybody reported at all, and whether too few did."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from core.text import Text, say
from stats.counting.build import NO_DATA
from stats.errors import ReleaseRefused, refuse
from stats.models import LEAST_LETTERS, LONGEST_REASON, SHORTEST_REASON
from stats.notes import check_characters, is_reason
from stats.publishing.choice import PROTECTED
from stats.publishing.inputs import BuildInputs
from stats.sums.of_forms import OF_SUMS

NO_ANSWERS = say(
    "Der er ingen data for perioden: der er henvisninger, men ingen at tælle, og ingen forventet indberetning er modtaget. Der er "
    "intet at udgive, heller ikke et nul.",
    "There are no data of this period: there are referrals, but nobody to count, and no expected report has come. There is nothing "
    "to publish, not even a zero.",
)


def check_data(inputs: BuildInputs) -> None:
    """Raise `ReleaseRefused` for figures of which nobody reported anything: they are not known, and that is no zero.

    Referrals of nobody who is counted make no zero either: nobody has said that it was all.
    """
    if not inputs.counted_records and not inputs.reports.has_answers:
        raise ReleaseRefused(NO_ANSWERS if inputs.reports.referrals else NO_DATA)
    for each in inputs.sums:
        if not each.coverage.came and not each.coverage.beside:
            label = OF_SUMS[each.plan.dataset.id].label
            raise refuse(
                f"Der er ingen data i perioden om {label.da}: ingen har indberettet dem. Bestil uden dem.",
                f"There are no data of this period on {label.en}: nobody has reported them. Order without them.",
            )


def check_years(inputs: BuildInputs) -> None:
    """Raise `ReleaseRefused` for a pool with a year of which nobody reported anything: it would count the year as zero."""
    if inputs.years_of_nobody:
        years = ", ".join(map(str, inputs.years_of_nobody))
        raise refuse(
            f"Der er ingen data for {years}: ingen forventet indberetning er modtaget. En pulje med et sådant år ville tælle det "
            "som nul. Bestil en pulje uden det.",
            f"There are no data of {years}: no expected report has come. A pool with such a year would count it as zero. Order a "
            "pool without it.",
        )


def reports_behind(inputs: BuildInputs) -> dict[str, dict[str, int]]:
    """How many reports were expected and came: of persons, with their referrals, and of each dataset of sums."""
    sums = {each.plan.dataset.id: {"expected": each.coverage.due, "came": each.coverage.came} for each in inputs.sums}
    return {PROTECTED.id: inputs.reports.as_json(), **sums}


def are_few(behind: dict[str, Any]) -> bool:
    """Whether of persons or of a dataset a smaller share came than `HENVIS_LEAST_REPORTS`. Nobody misses what is not expected."""
    return any(each["came"] * 100 < each["expected"] * settings.HENVIS_LEAST_REPORTS for each in behind.values())


def check_reason(reason: Text | None) -> Text:
    """A reason without blanks around; without one the empty text. Raises `ReleaseRefused` for one that is short, long, unfit or no
    words.
    """
    words = Text(*(each.strip() for each in reason or ("", "")))
    if any(words) and not all(is_reason(each) and len(each) <= LONGEST_REASON for each in words):
        raise refuse(
            f"En begrundelse er på begge sprog og har hver gang {SHORTEST_REASON}–{LONGEST_REASON} tegn, heraf mindst "
            f"{LEAST_LETTERS} bogstaver.",
            f"A reason is in both languages, each with {SHORTEST_REASON}–{LONGEST_REASON} characters, at least {LEAST_LETTERS} of "
            "them letters.",
        )
    check_characters(words)
    return words
