"""What was collected and is no count of persons by our dimensions, so that nobody looks for it in vain."""

from __future__ import annotations

from stats.published.types import Omission

_AGE = "a mean or an extreme of ages, no count; an extreme can point at one person and is never published here"
_WORK = "counts calls, interviews or enquiries, not persons identified"
_PLACES = "counts places, addresses or premises, not persons"


def _ages(year: int, *values: str) -> tuple[Omission, ...]:
    return tuple(Omission(year, "age_statistic", value, _AGE) for value in values)


OMISSIONS: tuple[Omission, ...] = (
    *_ages(2019, "mean_age_adults", "mean_age_minors", "min_age_minors"),
    *_ages(2021, "mean_age", "min_age", "max_age"),
    *_ages(2022, "mean_age", "min_age", "max_age"),
    *_ages(2023, "mean_age", "min_age", "max_age"),
    Omission(2019, "activity", "hotline_calls", _WORK),
    Omission(2019, "activity", "identification_interviews_cmm_and_ngo_min", _WORK),
    Omission(2022, "activity", "enquiries_suspected_exploitation_of_ukrainians", _WORK),
    Omission(2019, "capacity", "reden_copenhagen", _PLACES),
    Omission(2019, "capacity", "reden_copenhagen_peak_extra", _PLACES),
    Omission(2019, "capacity", "reden_aalborg", _PLACES),
    Omission(2018, "capacity", "amiami_region_syddanmark", _PLACES),
    Omission(2010, "capacity", "midt_and_nordjylland", _PLACES),
)
