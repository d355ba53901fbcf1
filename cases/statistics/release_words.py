"""What the staff pages say of a release: where it stands, what is noted of it, and what its audit came to."""

from __future__ import annotations

import json
from typing import Any

from django.utils.text import capfirst

from cases.codelists.types import Text
from cases.screen_words import FIELDS
from cases.statistics import approval
from cases.statistics.models import Release
from cases.statistics.publishing.choice import PROTECTED
from cases.statistics.release import NOT_ENDED, UNRESOLVED
from partners.words import Words, lazily, now, say

NOTES: dict[str, Text] = {
    NOT_ENDED: Text(
        "Perioden var ikke slut, da der blev talt.",
        "The period had not ended when it was counted.",
    ),
    UNRESOLVED: Text(
        "Hvor en persons oplysninger modsiger hinanden, og ingen har afgjort det, tæller personen som ikke oplyst (_U).",
        "Where what is said of a person contradicts itself and nobody has decided, the person counts as not known (_U).",
    ),
}
CHANGE_NOTES = ("change_notes_da", "change_notes_en")
DRAFT, PUBLISHED, WITHDRAWN = "draft", "published", "withdrawn"
STATES = {
    DRAFT: Words("udkast", "draft"),
    PUBLISHED: Words("udgivet", "published"),
    WITHDRAWN: Words("trukket tilbage", "withdrawn"),
}
STALE = Words(
    "siden den blev dannet, er der udgivet noget, truffet afgørelse om tal eller slettet personer: bestil den igen",
    "since it was built releases were published, facts decided or persons erased: build it again",
)


def state_of(release: Release) -> str:
    """Where a release stands."""
    if not hasattr(release, "publication"):
        return DRAFT
    return WITHDRAWN if hasattr(release, "withdrawal") else PUBLISHED


def noted(release: Release) -> list[tuple[object, object]]:
    """What everybody will read of a later vintage."""
    return [(capfirst(lazily(FIELDS[name])), getattr(release, name)) for name in CHANGE_NOTES if getattr(release, name)]


def notes_of(release: Release) -> str:
    """What the build noted of it. A note of an exact release has more behind its code."""
    return " ".join(now(NOTES[code]) if code in NOTES else code for code in release.notes)


def told(release: Release) -> list[tuple[object, object]]:
    """What may be told of the audit: its outcome and its margins."""
    proof = approval.proof_of(release.pk)
    audit_of = say("Revision", "Audit")
    if proof is None:
        return [(audit_of, say("ingen", "none"))]
    outcome = say("bestået", "passed") if proof.passed else say("ikke bestået", "failed")
    stale = [(say("Forældet", "Stale"), STALE)] if proof.stale else []
    return [(audit_of, outcome), *stale, *margins(proof.margins)]


def margins(found: dict[str, Any]) -> list[tuple[object, object]]:
    """Each table with its cells, and the room that the audit found, by view: 0 is none to spare."""
    tables = [(axes(each["axes"]), cells(each)) for each in found.get("tables", ())]
    views = [
        (say(f"Spillerum, {name}", f"Room, {name}"), json.dumps(room)) for name, room in found.get("audit", {}).items()
    ]
    return [*tables, *views]


def axes(table: str) -> str:
    """A table by the labels of its axes, with their level where they are rolled up; as it is named where an axis is gone."""
    known = PROTECTED.axes
    if not table:
        return now(("i alt", "in all"))
    return " × ".join(
        f"{now(known[name].label)}{name.removeprefix(known[name].dimension)}" if name in known else name
        for name in table.split(",")
    )


def cells(table: dict[str, Any]) -> str:
    """The cells of a table: shown and hidden, and the share of persons in shown ones, in per cent, where it is known."""
    shown, hidden = table["shown"], table["hidden"]
    da, en = ("", "") if table["share"] is None else (f", {table['share']} %", f", {table['share']}%")
    return now((f"{shown} vist, {hidden} skjult{da}", f"{shown} shown, {hidden} hidden{en}"))
