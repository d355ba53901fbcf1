"""The changes of the code lists, as partners see them. They are derived from the notices on the codes alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from cases.codelists.types import Code, CodeList, CodeNotice
from core.text import Text


class CodeChangeKind(StrEnum):
    """The kind of a change. A split is a retirement with several successors."""

    ADDED = "added"
    RETIRED = "retired"
    SPLIT = "split"
    RELABELLED = "relabelled"


@dataclass(frozen=True, slots=True)
class CodeChange:
    """One change of one code. `was`: the earlier label of a relabelled code."""

    codelist: CodeList
    kind: CodeChangeKind
    code: Code
    notice: CodeNotice
    was: Text | None = None

    def as_json(self) -> dict[str, object]:
        """The members that partners read."""
        code = self.code
        return {
            "codelist": self.codelist.id,
            "version": self.notice.version,
            "kind": str(self.kind),
            "code": code.code,
            "label": code.label._asdict(),
            "was": self.was and self.was._asdict(),
            "replaces": list(self.codelist.predecessors(code.code)),
            "replaced_by": list(code.replaced_by),
            "valid_from": code.valid_from and code.valid_from.isoformat(),
            "valid_to": code.valid_to and code.valid_to.isoformat(),
            "announced": self.notice.announced.isoformat(),
            "text": self.notice.text._asdict(),
        }


def changes(codelists: Iterable[CodeList], since: date | None = None) -> list[CodeChange]:
    """The changes announced on the day `since` or later, or all, by day and then in the order of the lists."""
    every_change = [
        change for codelist in codelists for code in codelist.every_code() for change in changes_of(codelist, code)
    ]
    recent = [change for change in every_change if since is None or change.notice.announced >= since]
    return sorted(recent, key=lambda change: change.notice.announced)


def changes_of(codelist: CodeList, code: Code) -> Iterator[CodeChange]:
    """What becomes of a code: it was added, called otherwise, and retired, or split where several take its place."""
    if code.added is not None:
        yield CodeChange(codelist, CodeChangeKind.ADDED, code, code.added)
    for label_change in code.label_changes:
        yield CodeChange(codelist, CodeChangeKind.RELABELLED, code, label_change.notice, label_change.was)
    if code.retired is not None:
        yield CodeChange(
            codelist, CodeChangeKind.SPLIT if len(code.replaced_by) > 1 else CodeChangeKind.RETIRED, code, code.retired
        )


def validity_text(code: Code) -> Text | None:
    """The days on which a code is in use, and its successors; None for a code that is always in use."""
    if code.valid_from is None and code.valid_to is None:
        return None
    da = (*span_words("fra {}", code.valid_from), *span_words("til og med {}", code.valid_to))
    en = (*span_words("from {}", code.valid_from), *span_words("until {}", code.valid_to))
    following = ", ".join(code.replaced_by)
    return Text(
        f"I brug {' '.join(da)}{f', afløst af {following}' if following else ''}.",
        f"In use {' '.join(en)}{f', replaced by {following}' if following else ''}.",
    )


def label_with_validity(code: Code) -> Text:
    """A code's label, with the days on which it is in use where it is not always."""
    validity = validity_text(code)
    return (
        code.label if validity is None else Text(f"{code.label.da}. {validity.da}", f"{code.label.en}. {validity.en}")
    )


def span_words(words: str, day: date | None) -> tuple[str, ...]:
    """The words about a day, or nothing where there is no day."""
    return () if day is None else (words.format(day.isoformat()),)
