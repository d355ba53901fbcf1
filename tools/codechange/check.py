"""Objections to the code lists: rules for every list, and rules for a new version compared with the recorded one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from cases import rules
from cases.codelists.types import Code, CodeList, CodeNotice, version_number
from cases.fields import WIDTH
from cases.intake.checks import combinations, of_persons
from tools.codechange.record import Entry, entry_of, is_same

NAME = re.compile(rf"[A-Z0-9_]{{1,{WIDTH}}}", re.ASCII)
# An industry by its letter, which another edition of NACE gives to another one. Those of NACE Rev. 2 were there from the first.
SECTION = re.compile(r"LABOUR_[A-Z]")
# An id that no list may have: it is the address of the changes.
RESERVED = "changes"
# Groups of codes that rules use. The successor of a code must be in the same group, or the rule would ignore it.
GROUPS = {
    "MINOR_BANDS": rules.MINOR_BANDS,
    "DECISIONS": rules.DECISIONS,
    "PERIOD_GRANTED": rules.PERIOD_GRANTED,
    "CHILDREN": of_persons.CHILDREN,
    "DURING_EXPLOITATION": combinations.DURING_EXPLOITATION,
    "PLACES_OF_PROSTITUTION": combinations.PLACES_OF_PROSTITUTION,
}


@dataclass(frozen=True, slots=True)
class Objection:
    """One objection: the list, the code (empty for the list itself), and the text."""

    codelist: str
    code: str
    text: str

    def __str__(self) -> str:
        return f"{' '.join(filter(None, (self.codelist, self.code)))}: {self.text}"


def objections(codelists: Mapping[str, CodeList], record: Mapping[str, Entry]) -> list[Objection]:
    """All objections, list by list. A list that is not recorded is new and has nothing to be compared with."""
    objections_found = [Objection(name, "", "a list never disappears") for name in record if name not in codelists]
    for name, codelist in codelists.items():
        objections_found += [Objection(name, code, text) for code, text in of_list(codelist, codelists.values())]
        if name in record:
            objections_found += [Objection(name, code, text) for code, text in of_version(codelist, record[name])]
    return objections_found


def of_list(codelist: CodeList, codelists: Iterable[CodeList]) -> Iterator[tuple[str, str]]:
    """The objections to a list by itself, as code and text."""
    if codelist.id == RESERVED:
        yield "", "this id is the address of the changes"
    everywhere = tuple(codelists)
    for level in codelist.levels:
        for code in level.codes:
            yield from ((code.code, text) for text in (*of_validity(code), *of_notices(codelist, code)))
            missing = set(code.replaced_by) - {each.code for each in level.codes}
            yield from ((code.code, f"its successor {name} is no code of {level.id}") for name in sorted(missing))
    for code in codelist.codes:
        texts = (*of_validity(code), *of_notices(codelist, code), *of_parent(code, everywhere))
        yield from ((code.code, text) for text in texts)
        for successor in code.replaced_by:
            yield from ((code.code, text) for text in of_successor(codelist, code, successor, everywhere))


def of_validity(code: Code) -> Iterator[str]:
    """Objections to a code's name and days."""
    if not NAME.fullmatch(code.code):
        yield f"a code is 1 to {WIDTH} of A-Z, 0-9 and _"
    if code.code.startswith("_") and code.valid_to is not None:
        yield "a special code is never retired"
    if code.valid_from is not None and code.valid_to is not None and code.valid_to < code.valid_from:
        yield "its last day lies before its first"
    if code.replaced_by and code.valid_to is None:
        yield "a code that is replaced has a last day, valid_to"


def of_notices(codelist: CodeList, code: Code) -> Iterator[str]:
    """Objections to a code's notices: partners must be told, and in time."""
    yield from of_notice("added", codelist, code.added, code.valid_from)
    yield from of_notice("retired", codelist, code.retired, code.valid_to)
    for label_change in code.label_changes:
        yield from of_notice("relabelled", codelist, label_change.notice, label_change.notice.announced)


def of_notice(name: str, codelist: CodeList, notice: CodeNotice | None, day: date | None) -> Iterator[str]:
    """Objections to one notice and the day that it announces."""
    if (notice is None) != (day is None):
        yield f"`{name}` goes with `{'valid_from' if name == 'added' else 'valid_to'}`: use both or neither"
    if notice is None or day is None:
        return
    if notice.announced > day:
        yield f"`{name}` is announced after its day"
    if version_number(notice.version) > version_number(codelist.version):
        yield f"`{name}` names a version that the list has not reached"


def of_parent(code: Code, codelists: Iterable[CodeList]) -> Iterator[str]:
    """Objections to a code that is valid for longer than its parent."""
    for codelist in codelists:
        parent = codelist.by_code.get(code.parent or "")
        if parent is None or parent.valid_to is None:
            continue
        if code.valid_to is None or code.valid_to > parent.valid_to:
            yield f"its parent {parent.code} is retired before it"


def of_successor(codelist: CodeList, code: Code, name: str, codelists: Iterable[CodeList]) -> Iterator[str]:
    """Objections to a successor: it must be on the list, overlap with the code in time, and be counted where the code was."""
    following = codelist.by_code.get(name)
    if following is None or name in {code.code, *ancestors(codelist, code.code)}:
        yield f"its successor {name} is no other, later code of the list"
        return
    if code.valid_to is not None:
        yield from of_overlap(code.valid_to, following)
    if not same_parent(code, following, codelists):
        yield f"its successor {name} has another parent"
    for level in codelist.levels:
        if list(level.steps(code.code)) != list(level.steps(name)):
            yield f"its successor {name} rolls up to something else in {level.id}: the series would break"
    for group, codes in GROUPS.items():
        if code.code in codes and name not in codes:
            yield f"its successor {name} is missing in {group} of the rules"


def of_overlap(last: date, following: Code) -> Iterator[str]:
    """Objections where the two codes are not both accepted for a while: partners change over when they can."""
    if following.valid_from is not None and following.valid_from >= last:
        yield f"its successor {following.code} has to begin before its last day, so that both are accepted for a while"
    if following.valid_to is not None and following.valid_to <= last:
        yield f"its successor {following.code} ends no later than itself"


def ancestors(codelist: CodeList, name: str) -> set[str]:
    """The codes that a code replaces, directly or indirectly."""
    ancestors_found: set[str] = set()
    waiting = [name]
    while waiting:
        new = set(codelist.predecessors(waiting.pop())) - ancestors_found
        ancestors_found |= new
        waiting += new
    return ancestors_found


def same_parent(code: Code, following: Code, codelists: Iterable[CodeList]) -> bool:
    """Whether a successor has the code's parent, or a successor of that parent."""
    if code.parent == following.parent:
        return True
    parents = (codelist.by_code[code.parent] for codelist in codelists if code.parent in codelist.by_code)
    return any(following.parent in parent.replaced_by for parent in parents)


def of_version(codelist: CodeList, before: Entry) -> Iterator[tuple[str, str]]:
    """The objections to a list's changes since it was recorded, as code and text."""
    if is_same(before, entry_of(codelist)):
        return
    if version_number(codelist.version) <= version_number(before["version"]):
        yield "", f"it has changed, so it needs a version after {before['version']}"
    yield from of_levels(codelist, before)
    codes_kept = [name for name in before["codes"] if name in codelist.by_code]
    yield from (
        (name, "a code never disappears: retire it") for name in before["codes"] if name not in codelist.by_code
    )
    if codes_kept != [name for name in codelist.names if name in before["codes"]]:
        yield "", "recorded codes keep their order: it is the order of the cells in stored tables"
    for code in codelist.codes:
        was = before["codes"].get(code.code)
        objections_found = of_new(codelist, code, before) if was is None else of_kept(codelist, code, was, before)
        yield from ((code.code, text) for text in objections_found)


def of_levels(codelist: CodeList, before: Entry) -> Iterator[tuple[str, str]]:
    """Objections to the levels: stored tables have those that were recorded, and no earlier release has a new one."""
    present = {level.id: level for level in codelist.levels}
    for name, codes in before["levels"].items():
        if name not in present:
            yield "", f"the level {name} never disappears"
        else:
            codes_present = {code.code for code in present[name].codes}
            yield from ((code, f"a code of {name} never disappears") for code in codes.keys() - codes_present)
    for name in present.keys() - before["levels"].keys():
        if present[name].since != codelist.version:
            yield "", f"the level {name} is new, so its `since` is {codelist.version}"


def of_new(codelist: CodeList, code: Code, before: Entry) -> Iterator[str]:
    """Objections to a code that the recorded version does not have."""
    if code.added is None or code.added.version != codelist.version:
        yield f"a new code has a notice `added` of version {codelist.version}, and `valid_from`"
    if SECTION.fullmatch(code.code):
        yield "a new industry is a word: in another edition its letter is another industry"
    if code.valid_from is not None and code.valid_from.isoformat() <= before["recorded"]:
        yield f"a new code begins after the day of the recorded version, {before['recorded']}"


def of_kept(codelist: CodeList, code: Code, was: Entry, before: Entry) -> Iterator[str]:
    """Objections to a code that the recorded version has."""
    if list(code.label) != was["label"] and not is_reworded(codelist, code, was["label"]):
        yield f"a changed label has an entry in `relabelled`, with version {codelist.version} and the earlier label"
    if (code.valid_from and code.valid_from.isoformat()) != was.get("valid_from"):
        yield "the first day of a recorded code stays"
    if code.parent != was.get("parent"):
        yield "the parent of a recorded code stays"
    yield from of_last_day(codelist, code, was.get("valid_to"), before)


def is_reworded(codelist: CodeList, code: Code, was: list[str]) -> bool:
    """Whether the present version announces the change of this label."""
    return any(each.notice.version == codelist.version and list(each.was) == was for each in code.label_changes)


def of_last_day(codelist: CodeList, code: Code, was: str | None, before: Entry) -> Iterator[str]:
    """Objections to a retirement: it must be announced, and can be neither withdrawn nor moved to an earlier day."""
    last = code.valid_to.isoformat() if code.valid_to else None
    if was is not None and (last is None or last < was):
        yield f"a retired code keeps its last day, {was}, or is given a later one"
    if was is None and last is not None and (code.retired is None or code.retired.version != codelist.version):
        yield f"a code that is retired has a notice `retired` of version {codelist.version}"
    if was is None and last is not None and last <= before["recorded"]:
        yield f"a code is retired after the day of the recorded version, {before['recorded']}"
