"""Fixtures of the HTTP layer's tests."""

from __future__ import annotations

import io
import logging
import sys
from collections import OrderedDict
from collections.abc import Iterator

import pytest
import structlog
from structlog._config import BoundLoggerLazyProxy

from config import logs
from core.answers import ANSWERS
from core.apps import ROOMS


@pytest.fixture
def logged(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """Everything that the program writes to standard error, through the configuration that serves in production."""
    sink, root = io.StringIO(), logging.getLogger()
    before, handlers, level = structlog.get_config(), list(root.handlers), root.level
    monkeypatch.setattr(sys, "stderr", sink)
    logs.configure(lambda line: sink.write(line.decode()))
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] in {
            "api",
            *ROOMS,
            "config",
        }:
            for attribute, value in list(vars(module).items()):
                if isinstance(value, BoundLoggerLazyProxy):
                    monkeypatch.setattr(module, attribute, structlog.get_logger())
    yield sink
    structlog.configure(**before)
    root.handlers, root.level = handlers, level


@pytest.fixture(autouse=True)
def _with_database(db: None) -> None:
    """Every request may look at its connection when it ends, also one that needs no database: an earlier test opened it."""


@pytest.fixture(autouse=True)
def _nothing_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test is answered anew: releases of other tests have the same names and moments."""
    monkeypatch.setattr(ANSWERS, "_answers", OrderedDict())
    monkeypatch.setattr(ANSWERS, "size", 0)
