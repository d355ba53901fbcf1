"""What the engine of deliveries refuses, in HTTP's words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from api.batches.findings import of_refusal
from api.http.problems import ProblemError
from cases.errors import Stale
from cases.intake.batches.committing import NothingWaits
from cases.intake.batches.holding import BatchBusy
from cases.intake.batches.receive import KeyInFlight, KeyReused
from cases.intake.findings import FileRefused
from cases.intake.spool import TooLarge

SOON = {"Retry-After": "1"}


@contextmanager
def refusals() -> Iterator[None]:
    """Turn what is refused into problems."""
    try:
        yield
    except FileRefused as refusal:
        raise of_refusal(refusal) from None
    except TooLarge:
        raise ProblemError("payload_too_large") from None
    except KeyInFlight:
        raise ProblemError("idempotency_in_flight", headers=SOON) from None
    except KeyReused:
        raise ProblemError("idempotency_key_reused") from None
    except BatchBusy:
        raise ProblemError("batch_running", headers=SOON) from None
    except Stale:
        # Somebody has changed the mapping at the moment in which the delivery was to add to it.
        raise ProblemError("unavailable", headers=SOON) from None
    except NothingWaits:
        raise ProblemError("nothing_waits") from None
