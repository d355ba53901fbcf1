"""Answers of the API as objects. Members that this version does not know stay in `raw`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from henvis_client.questions import Question

Json = Mapping[str, Any]
AT_WORK = frozenset({"queued", "running"})
BLOCKING = frozenset({"rejected", "held"})


def members_of(kind: type[Any], raw: Json) -> dict[str, Any]:
    """What an answer says of the members of an object that are called the same in it."""
    return {each.name: raw[each.name] for each in fields(kind) if raw.get(each.name) is not None}


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule that a row or a file breaks. `column` is its plain name, `cell` as in Excel (`F12`), `kind` its class.

    `stored_version`, `stored_at`: the version that stands, and since when, where the rule is about it.
    """

    rule: str
    kind: str
    detail: str
    field: str | None = None
    column: str | None = None
    cell: str | None = None
    allowed: tuple[str, ...] = ()
    suggestion: str | None = None
    stored_version: int | None = None
    stored_at: str | None = None

    @classmethod
    def of(cls, raw: Json) -> Finding:
        """A finding of an answer."""
        further = {"kind": str(raw.get("class", "")), "allowed": tuple(raw.get("allowed") or ())}
        return cls(**{"rule": "", "detail": "", **members_of(cls, raw), **further})


@dataclass(frozen=True, slots=True)
class RowResult:
    """What became of one row. `line` is its number in the file, as Excel shows it; `outcome` is `created`, `corrected`,
    `unchanged`, `rejected` or `held`."""

    index: int
    outcome: str
    line: int | None = None
    sheet: str | None = None
    reference: str | None = None
    case_token: str | None = None
    version: int | None = None
    findings: tuple[Finding, ...] = ()
    raw: Json = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, raw: Json) -> RowResult:
        """A row of an answer."""
        findings = tuple(Finding.of(each) for each in raw.get("findings") or ())
        return cls(**{"index": 0, "outcome": "", **members_of(cls, raw), "findings": findings, "raw": raw})


@dataclass(frozen=True, slots=True)
class Counts:
    """How many rows came to what."""

    created: int = 0
    corrected: int = 0
    unchanged: int = 0
    rejected: int = 0
    held: int = 0

    @classmethod
    def of(cls, raw: Json) -> Counts:
        """The counts of an answer."""
        return cls(*(int(raw.get(name) or 0) for name in cls.__slots__))


@dataclass(frozen=True, slots=True)
class Batch:
    """One file that was checked or sent.

    `state`: `queued`, `running`, `needs_review`, `done`, `failed` or `cancelled`. `stored`: whether anything of it is stored.
    `problem`: the code of that for which the whole file was refused, which a large one is told of here.
    `results`: only in the answer to a file of at most 5,000 rows; `Client.results` reads them in any case.
    `retry_after`: seconds until it is worth asking again, while it is worked on.
    """

    id: str
    state: str
    dry_run: bool = False
    is_stored: bool = False
    stage: str | None = None
    done: int = 0
    total: int | None = None
    eta_seconds: float | None = None
    counts: Counts = Counts()
    findings: tuple[Finding, ...] = ()
    questions: tuple[Question, ...] = ()
    problem: str | None = None
    results: tuple[RowResult, ...] | None = None
    retry_after: float | None = field(default=None, compare=False)
    mode: str | None = None
    raw: Json = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, raw: Json, *, retry_after: float | None = None, mode: str | None = None) -> Batch:
        """A batch of an answer. Raises `ValueError` where it is none."""
        if not isinstance(raw, Mapping) or None in (raw.get("id"), raw.get("state")):
            raise ValueError("no batch")
        results = raw.get("results")
        further = {
            "is_stored": bool(raw.get("stored")),
            "counts": Counts.of(raw.get("counts") or {}),
            "findings": tuple(Finding.of(each) for each in raw.get("findings") or ()),
            "questions": tuple(Question.of(each) for each in raw.get("questions") or ()),
            "results": None if results is None else tuple(RowResult.of(each) for each in results),
        }
        return cls(**{**members_of(cls, raw), **further, "retry_after": retry_after, "mode": mode, "raw": raw})

    @classmethod
    def of_report(cls, raw: Json) -> Batch:
        """What was checked without an account. Nothing of it is kept, so that it has no id. Raises `ValueError`."""
        if not isinstance(raw, Mapping) or "counts" not in raw:
            raise ValueError("no report")
        return cls.of({"id": "", "state": "done", "dry_run": True, "stored": False, **raw})

    @property
    def is_at_work(self) -> bool:
        """Whether Henvis is not done with it."""
        return self.state in AT_WORK

    @property
    def is_clean(self) -> bool:
        """Whether every row is stored, or in a dry run would be."""
        return self.state == "done" and not self.counts.rejected and not self.counts.held
