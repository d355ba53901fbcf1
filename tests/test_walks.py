"""docs/walks.md: each function that it names exists, and they are first called in its order."""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from pkgutil import resolve_name
from types import CodeType
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection

from stats.models import PUBLIC
from tests.callers import Browser, Caller, referral
from tests.stats.publishing.conftest import keys, town
from tests.stats.publishing.town import Town, build, publish

__all__ = ["keys", "town"]
ROOT = Path(__file__).resolve().parents[1]
PAGE = "docs/walks.md"
STEP = re.compile(r"1\. `([\w.]+:[\w.]+|\w+\(\))` ")
OF_DATABASE = re.compile(r"\bhenvis_\w+(?=\()")
# One of the six tools that Python has room for. Coverage and profilers have others.
TOOL = 4
# A year of which nobody has published anything.
YEAR = "2012"


@dataclass(frozen=True, slots=True)
class Step:
    """A line of the page, and the function that it names."""

    line: int
    name: str

    def __str__(self) -> str:
        return f"{PAGE}, line {self.line}: `{self.name}`"

    @property
    def code(self) -> CodeType | str:
        """What runs when it is called: a function's code, or the name of a function of the database. Raises `LookupError`."""
        if self.name.endswith("()"):
            return self.name.removesuffix("()")
        try:
            return code_of(resolve_name(self.name))
        except (ImportError, AttributeError) as missing:
            raise LookupError(missing) from None


def code_of(function: Any) -> CodeType:
    """The code of a function, whatever it is wrapped in."""
    if isinstance(function, property):
        function = function.fget
    if isinstance(function, cached_property):
        function = function.func
    code: CodeType = inspect.unwrap(function).__code__
    return code


def steps(heading: str) -> list[Step]:
    """The steps below a heading of the page."""
    lines = (ROOT / PAGE).read_text().splitlines()
    first = next(number for number, line in enumerate(lines) if line.startswith(f"## {heading}"))
    found = []
    for number, line in enumerate(lines[first + 1 :], first + 2):
        if line.startswith("## "):
            break
        if line.startswith("1. "):
            named = STEP.match(line)
            assert named, f"{PAGE}, line {number}: a step begins with the name of a function, in code"
            found.append(Step(number, named[1]))
    return found


@dataclass
class Walk:
    """The first calls of some functions, in their order."""

    calls: list[CodeType | str] = field(default_factory=list)

    def called(self, function: CodeType | str) -> None:
        """Keep the first call."""
        if function not in self.calls:
            self.calls.append(function)

    def statement(self, execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        """Functions of the database that a statement calls."""
        for name in OF_DATABASE.findall(sql):
            self.called(name)
        return execute(sql, *rest)

    @contextmanager
    def watch(self, functions: list[CodeType | str]) -> Iterator[None]:
        """Watch these, and no others: nothing else becomes slower."""
        monitoring = sys.monitoring
        codes = [each for each in functions if isinstance(each, CodeType)]
        monitoring.use_tool_id(TOOL, "walk")
        monitoring.register_callback(TOOL, monitoring.events.PY_START, lambda code, _: self.called(code))
        try:
            for code in codes:
                monitoring.set_local_events(TOOL, code, monitoring.events.PY_START)
            with connection.execute_wrapper(self.statement):
                yield
        finally:
            for code in codes:
                monitoring.set_local_events(TOOL, code, 0)
            monitoring.register_callback(TOOL, monitoring.events.PY_START, None)
            monitoring.free_tool_id(TOOL)


def problems(named: list[Step], walk: Callable[[], None]) -> list[str]:
    """What the page says and the walk does not do, a line each."""
    functions, found = {}, []
    for step in named:
        try:
            functions[step] = step.code
        except LookupError as missing:
            found.append(f"{step} is not there ({missing})")
    walked = Walk()
    with walked.watch([*functions.values()]):
        walk()
    places = {step: walked.calls.index(code) for step, code in functions.items() if code in walked.calls}
    found += [f"{step} is not called" for step in functions if step not in places]
    for before, after in pairwise(places):
        if places[after] < places[before]:
            found.append(f"{after} is called before `{before.name}` of line {before.line}")
    return found


@pytest.mark.django_db
def test_a_referral_from_put_to_stored_version(ngo: Caller) -> None:
    def walk() -> None:
        assert ngo.put(f"/api/v1/referrals/{uuid4()}", referral()).status_code == 201

    Browser().get("/livez")  # the layers are made at the first request
    wrong = problems(steps("A referral"), walk)
    assert not wrong, "\n".join(wrong)


@pytest.mark.django_db
def test_a_figure_from_build_to_get(town: Town) -> None:
    town.year(int(YEAR))

    def walk() -> None:
        publish(build(YEAR, PUBLIC, ["gender"]))
        answer = Browser().get(f"/api/v1/statistics/persons?by=gender&year={YEAR}")
        assert answer.status_code == 200

    wrong = problems(steps("A figure"), walk)
    assert not wrong, "\n".join(wrong)


@pytest.mark.django_db
def test_a_page_that_is_not_true_is_noticed(ngo: Caller) -> None:
    put, sent, gone = "cases.intake.submit:put", "api.records.referrals:ReferralDetail.put", "cases.intake.submit:none"
    named = [Step(1, put), Step(2, sent), Step(3, gone), Step(4, "henvis_none()")]

    def walk() -> None:
        ngo.put(f"/api/v1/referrals/{uuid4()}", referral())

    missing, never, late = problems(named, walk)
    assert missing.startswith(f"docs/walks.md, line 3: `{gone}` is not there")
    assert never == "docs/walks.md, line 4: `henvis_none()` is not called"
    assert late == f"docs/walks.md, line 2: `{sent}` is called before `{put}` of line 1"
