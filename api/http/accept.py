"""Which of several types a client wants (RFC 9110 §12.5.1): by weight, then by how exactly it is named; a weight of 0 means never.

Django reads the ranges. Its own choice forgets those of weight 0, so that `text/csv;q=0, */*` would be given CSV.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.http.request import MediaType

# What our types say of themselves. A parameter that contradicts it refuses the type; one that we do not know refuses nothing.
OURS = {"charset": "utf-8", "header": "present"}
MOST = 2048
Rank = tuple[float, int]
NEVER: Rank = (0.0, 0)


def best(header: str, types: Sequence[str]) -> str | None:
    """The type to answer with, of those offered (the service's favourite first), or None where none is accepted."""
    if not header.strip():
        return types[0]
    ranges = [MediaType(part) for part in header[:MOST].split(",")]
    ranks = {media_type: rank(MediaType(media_type), ranges) for media_type in types}
    favourite = max(types, key=lambda media_type: ranks[media_type])
    return favourite if ranks[favourite] > NEVER else None


def rank(types: MediaType, ranges: Iterable[MediaType]) -> Rank:
    """The weight that the most exact range gives to a type, and how exact that range is."""
    exactness, weight = max(
        ((each.specificity, each.quality) for each in ranges if covers(each, types)), default=(0, 0.0)
    )
    return (weight, exactness + 1) if weight else NEVER


def covers(each: MediaType, types: MediaType) -> bool:
    """Whether a range covers a type."""
    if any(OURS.get(name.lower(), value.lower()) != value.lower() for name, value in each.range_params.items()):
        return False
    if each.sub_type == "*":
        return each.main_type in {"*", types.main_type}
    return (each.main_type, each.sub_type) == (types.main_type, types.sub_type)
