"""When to try again, and the clock and the chance that it is decided with; tests bring their own."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime


def moment_now() -> datetime:
    """Now, in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Timing:
    """A clock that only goes forward (seconds), one of the wall, a sleep (seconds), and a number from 0 to 1 by chance."""

    clock: Callable[[], float] = time.monotonic
    wall: Callable[[], datetime] = moment_now
    sleep: Callable[[float], None] = time.sleep
    chance: Callable[[], float] = random.SystemRandom().random


@dataclass(frozen=True, slots=True)
class Patience:
    """How often and how long to try. Times are in seconds.

    `attempts`: of one request. `first`, `longest`: the pause after the first attempt doubles up to the longest, and each is cut
    short by chance, so that not everybody comes again at once. `most_wait`: what Retry-After may ask for; where it asks for more,
    the answer is given instead. `connect`, `read`: how long one attempt waits.
    """

    attempts: int = 6
    first: float = 0.5
    longest: float = 30.0
    most_wait: float = 120.0
    connect: float = 10.0
    read: float = 120.0

    def pause(self, attempt: int, chance: float, retry_after: float | None = None) -> float:
        """The pause after an attempt, the first of which is 1. What Retry-After asks for is never cut short."""
        backoff = chance * min(self.longest, self.first * 2.0 ** (attempt - 1))
        return backoff if retry_after is None else retry_after + min(backoff, 1.0)


def retry_after(header: str | None, now: datetime) -> float | None:
    """The seconds of a Retry-After header, as a number or as a date (RFC 9110 §10.2.3). None where it says neither."""
    if header is None:
        return None
    if header.strip().isdecimal():
        return float(header)
    try:
        moment = parsedate_to_datetime(header)
    except ValueError:
        return None
    return max(0.0, (moment.replace(tzinfo=moment.tzinfo or UTC) - now).total_seconds())
