"""The toys, and workers with the rights of each role."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.db import connections

from config.env import WEB_ROLE
from partners.jobs import registry, worker
from tests.jobs import toys

type Work = Callable[..., bool]


@pytest.fixture(autouse=True)
def only_toys(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No task but the toys."""
    tasks: dict[str, Any] = {}
    for module in (registry, __import__("partners.jobs.queue", fromlist=["TASKS"])):
        monkeypatch.setattr(module, "TASKS", tasks)
    toys.register()
    yield


@pytest.fixture
def work() -> Work:
    """Work with the rights of the role whose queue it is, until no job waits."""

    def until_done(*queues: str, role: str | None = None) -> bool:
        options = settings.DATABASES["default"]["OPTIONS"]
        before = options["options"]
        role = role or (WEB_ROLE if {*queues} & {*registry.OF_INTAKE} else None)
        options["options"] = f"{before} -c role={role}" if role else before
        try:
            connections.close_all()
            return asyncio.run(worker.work(queues, once=True))
        finally:
            options["options"] = before
            connections.close_all()

    return until_done
