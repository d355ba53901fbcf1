"""Code lists as they would be after a change, for one test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from api.reference import codelists
from cases.codelists.common import notice
from cases.codelists.types import Code, CodeList
from cases.intake.countfiles import columns, words

ANNOUNCED = date(2026, 9, 1)
LAST = date(2026, 12, 31)
NOTICE = notice("1.1", ANNOUNCED, "Koden deles.", "The code is split.")
Alter = Callable[..., None]


def altered(codelist: CodeList, *changed: Code) -> dict[str, Any]:
    """The attributes of a list with codes in the place of those with their names; new ones come last."""
    by_code = {**codelist.by_code, **{code.code: code for code in changed}}
    changed_list = replace(codelist, codes=tuple(by_code.values()))
    return {name: getattr(changed_list, name) for name in ("codes", "by_code", "names", "with_dates")}


@pytest.fixture
def alter(monkeypatch: pytest.MonkeyPatch) -> Iterator[Alter]:
    """Change codes of a list that fields refer to: the list itself is changed and comes back after the test."""

    def change(codelist: CodeList, *changed: Code) -> None:
        for name, value in altered(codelist, *changed).items():
            monkeypatch.setitem(vars(codelist), name, value)
        forget()

    yield change
    monkeypatch.undo()
    forget()


def forget() -> None:
    """What is made of lists is kept as long as the process lives, because lists do not change in it."""
    for made in (codelists.body_on, columns.codes_of, words.sentences):
        made.cache_clear()
