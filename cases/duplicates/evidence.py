"""The kinds of evidence, without Django, so that the search can be measured alone; and how likely a score makes it, in words.

The score of a pair is in bits: each one more doubles the odds.
"""

from __future__ import annotations

from enum import StrEnum

from core.text import Text


class Reason(StrEnum):
    """Equal linkage codes, or a rare pattern of coded attributes."""

    LINKAGE_CODE = "linkage_code"
    PATTERN = "pattern"


# From so many bits on it is very likely (16 to 1), and likely (2 to 1).
VERY_LIKELY, LIKELY = 4.0, 1.0
# More than so many times as likely says nothing more to a reader.
MOST = 1_000


def likelihood(score: float) -> Text:
    if score >= VERY_LIKELY:
        return Text("meget sandsynligt", "very likely")
    return Text("sandsynligt", "likely") if score >= LIKELY else Text("muligt", "possible")


def odds(score: float) -> Text:
    """What the score comes to: how much likelier one person is than two, or two than one."""
    times = round(2 ** min(abs(score), 64))
    if times <= 1:
        return Text(
            "Det er lige så sandsynligt, at det er én person, som at det er to.", "One person is as likely as two."
        )
    da, en = ("omkring {0} gange", "about {0} times") if times <= MOST else ("over 1.000 gange", "over 1,000 times")
    da, en = da.format(times), en.format(times)
    if score > 0:
        return Text(
            f"Det er {da} så sandsynligt, at det er én person, som at det er to.",
            f"One person is {en} as likely as two.",
        )
    return Text(
        f"Det er {da} så sandsynligt, at det er to personer, som at det er én.",
        f"Two persons are {en} as likely as one.",
    )
