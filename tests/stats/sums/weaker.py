"""Builds of sums with one protection taken away: an intruder has to find something in each, or the tests prove nothing."""

from __future__ import annotations

from functools import partial

import pytest

from cases.services import shapes
from cases.services.shapes import CountUnit
from stats.protection.audit.auditor import AuditReport
from stats.protection.space import IntArray
from stats.protection.suppress.complementary import Suppression
from stats.sums import authority, public, views
from stats.sums.blocks import SumBlock
from stats.sums.rules import SumRules, floors_of
from stats.sums.sources import WITH_PUBLIC, Contributors


def measures_apart(patch: pytest.MonkeyPatch) -> None:
    """Nobody reckons with it that a part is at most its whole."""
    patch.setattr(views, "SumBlock", partial(SumBlock, apart=True))


def tables_apart(patch: pytest.MonkeyPatch) -> None:
    """Each table is protected as if nobody read the others: a witness need not keep who bears which marks."""
    real = SumBlock.totals_kept
    patch.setattr(
        SumBlock, "totals_kept", lambda self, silent_measures=frozenset(): real(self, frozenset(self.dataset.measures))
    )


def alone_shown(patch: pytest.MonkeyPatch) -> None:
    """The figures of one partner alone are shown."""
    patch.setattr(SumRules, "are_one_alone", lambda self, partners: False)


def of_no_persons(patch: pytest.MonkeyPatch) -> None:
    """Clinic visits, services, calls and what the courts decide are numbers of nobody."""
    former = {CountUnit.CONSULTATION, CountUnit.SERVICE, CountUnit.CALL, CountUnit.DECISION, CountUnit.JUDGMENT}
    patch.setattr(shapes, "OF_PERSONS", shapes.OF_PERSONS - former)


def partners_forgotten(patch: pytest.MonkeyPatch) -> None:
    """Nobody knows its own reports."""
    for module in (public, views):
        patch.setattr(module, "floors_of", lambda block, contributors: {})


def public_bodies_forgotten(patch: pytest.MonkeyPatch) -> None:
    """Nobody knows what public bodies reported."""
    for module in (public, authority, views):
        patch.setattr(module, "floors_of", floors_of_insiders)


def floors_of_insiders(block: SumBlock, contributors: Contributors) -> dict[str, IntArray]:
    """What each insider knows of its own."""
    return {view: floors for view, floors in floors_of(block, contributors).items() if not view.endswith(WITH_PUBLIC)}


def without_complements(patch: pytest.MonkeyPatch) -> None:
    """Nothing is hidden but for its own sake."""
    patch.setattr(public, "suppress", lambda *, hidden, **_: Suppression(frozenset(hidden), 0.0, 0.0))


def unproved(patch: pytest.MonkeyPatch) -> None:
    """The same, and nobody looks at what comes of it: an audit would hide whole measures, and no certificate can be made."""
    without_complements(patch)
    patch.setattr(public, "audit_sums", lambda plan, result: AuditReport((), {}))
    patch.setattr(public, "certify", lambda published, blocks, told: {})


WEAKER = (measures_apart, alone_shown, partners_forgotten, unproved)
