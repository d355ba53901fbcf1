"""How far a delivery is, as its sender sees it while a job works on it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from cases.intake.batches import reports, staging, storing, work
from cases.intake.batches.jobs import work_batch
from tests.api.batches.sending import BATCHES, row, send, whole
from tests.callers import Caller
from tests.threads import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def small_steps(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> None:
    """Chunks and ranges of few rows, and a spool of its own."""
    monkeypatch.setattr(staging, "CHUNK", 2)
    monkeypatch.setattr(work, "RANGE", 2)
    settings.HENVIS_SPOOL = tmp_path / "spool"


def looking(module: Any, name: str, look: Callable[[], None], monkeypatch: pytest.MonkeyPatch) -> None:
    """Look each time before a function is called."""
    function = getattr(module, name)

    def look_and_call(*args: Any, **options: Any) -> Any:
        look()
        return function(*args, **options)

    monkeypatch.setattr(module, name, look_and_call)


def test_stage_and_progress_and_the_time_that_is_left_are_seen_while_a_job_runs(
    ngo: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = send(ngo, [row() for _ in range(6)], Prefer="respond-async, handling=lenient")
    waiting = whole(sent, 202)
    told = [waiting[name] for name in ("state", "stage", "done", "total", "eta_seconds", "finished_at")]
    assert told == ["queued", None, 0, None, None, None]
    seen = []

    def look() -> None:
        [answer] = at_once([partial(ngo.get, f"{BATCHES}/{waiting['id']}")])
        body = whole(answer)
        assert (body["state"], int(answer.headers["Retry-After"]) > 0) == ("running", True)
        seen.append((body["stage"], body["done"], body["total"], body["eta_seconds"] is not None))

    for module, name in ((staging, "stage"), (storing, "store"), (reports, "make")):
        looking(module, name, look, monkeypatch)
    work_batch(waiting["id"])
    assert seen == [
        ("checking", 0, 6, False),
        ("checking", 2, 6, True),
        ("checking", 4, 6, True),
        ("storing", 6, 6, False),
        ("storing", 6, 6, True),
        ("storing", 6, 6, True),
        ("reporting", 6, 6, True),
    ]
    after = whole(ngo.get(f"{BATCHES}/{waiting['id']}"))
    assert [after[name] for name in ("state", "stage", "done", "total", "eta_seconds")] == ["done", None, 6, 6, None]
