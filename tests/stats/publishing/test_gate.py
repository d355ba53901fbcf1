"""The gate for partners who know the method: of the others in a cell at least three numbers print the same release."""

from __future__ import annotations

from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command

from stats.models import PUBLIC
from stats.publishing import gate, public, rules
from stats.staff.audit_words import margins
from tests.stats.publishing.town import Town, build, cells, issue, proof
from tests.stats.records import partner

REGION, AS_OF = ["region"], "2024-06-01T13:00:00+00:00"


def of_regions(town: Town) -> None:
    """A region of eleven, all but two of whom a partner knows; one of ten, all but one of whom another knows; and others."""
    one, two, _ = town.ngos
    several = [partner() for _ in range(5)]
    for region, who in {"DK02": [one] * 9 + [two] * 2, "DK03": [two] * 9 + several[:1]}.items():
        town.enter(len(who), "2012-05", region=region, by=who)
    for region, count in (("DK01", 90), ("DK04", 5), ("DK05", 11)):
        town.enter(count, "2012-05", region=region, by=several)


def hidden(release_id: str) -> set[str]:
    """The hidden regions of a draft."""
    return {code for code, count in cells(release_id, "region").items() if count is None}


def test_a_region_more_is_hidden_for_a_partner_who_knows_the_method(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With two hidden ones alone a partner would read from the symbol how many others there are."""
    of_regions(town)
    built = build("2012", PUBLIC, REGION)
    assert built.passed
    assert hidden(built.release.pk) == {"DK02", "DK03", "DK04"}
    monkeypatch.setattr(gate, "PARTNER", "nobody")
    weaker = build("2012", PUBLIC, [*REGION, "gender"])
    assert hidden(weaker.release.pk) == {"DK02", "DK03"}


def test_staff_read_of_cells_that_leave_a_partner_too_few(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    of_regions(town)
    monkeypatch.setattr(gate, "MOST_CURES", 0)
    out = StringIO()
    call_command(
        "release", "build", "2012", "--audience", PUBLIC, "--as-of", AS_OF, "--table", "region",
        stdout=out, stderr=StringIO(),
    )  # fmt: skip
    few = ["2012.p1;region=DK02", "2012.p1;region=DK03"]
    assert (proof("2012.p1").report["few_left"], proof("2012.p1").report["few_others"]) == ([], few)
    lines = {f"  a partner who knows the method may learn how many others it holds: {cell}" for cell in few}
    assert lines <= set(out.getvalue().splitlines())
    assert proof("2012.p1").passed
    # The second person approves by the page, which says of how many and not of which.
    said = [str(text) for _, text in margins(proof("2012.p1").margins)]
    assert any(text.startswith("of 2 hidden figures a partner who knows the method may infer") for text in said)


def test_what_would_be_hidden_for_partners_alone_fails_no_release(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """A year was published before cells that a partner knows wholly were hidden. Its next vintage cannot take that back."""
    town.enter(12, "2012-05", region="DK02", by=[town.ngos[0]])
    town.enter(40, "2012-05", region="DK03", by=[partner() for _ in range(5)])
    with monkeypatch.context() as patch:
        patch.setattr(rules.Rules, "is_known_wholly", lambda *given: False)
        issue("2012", PUBLIC, REGION)
    built = build("2012", PUBLIC, REGION)
    assert built.passed
    assert hidden(built.release.pk) == set()


def test_where_it_was_left_out_the_second_person_reads_so(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    of_regions(town)
    try_block = public.try_block

    def fail_for_partners(*given: Any, for_partners: bool) -> public.ProtectedBlock:
        if for_partners:
            raise TimeoutError
        return try_block(*given, for_partners=for_partners)

    monkeypatch.setattr(public, "try_block", fail_for_partners)
    built = build("2012", PUBLIC, REGION)
    assert built.passed
    stored = proof(built.release.pk).margins
    assert stored["without_partners"] == ["region"]
    assert any(str(text).startswith("nothing more is hidden for partners") for _, text in margins(stored))
