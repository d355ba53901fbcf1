"""`manage.py duplicates` prints counts and nothing of a person."""

from __future__ import annotations

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from cases.models import Case
from partners.models import AuditEvent, Partner
from tests.cases.duplicates.world import crowd, rare
from tests.stats.records import partner

pytestmark = pytest.mark.django_db


@pytest.fixture
def ngo() -> Partner:
    """A partner with referrals of all sorts."""
    made = partner()
    crowd(made)
    return made


def run_command(*arguments: str) -> str:
    out = StringIO()
    call_command("duplicates", "find", *arguments, stdout=out)
    return out.getvalue()


def test_the_command_prints_counts_and_nothing_of_a_person(ngo: Partner) -> None:
    _ = rare(ngo), rare(ngo)
    said = run_command()
    lines = [line.split(maxsplit=1) for line in said.splitlines()]
    assert {words: number for number, words in lines}["pairs that now wait for a decision"] == "1"
    assert len(lines) == 8
    for each in Case.objects.all():
        assert each.token not in said
        assert str(each.pk) not in said
    counts = json.loads(run_command("--json"))
    assert (counts["listed"], counts["found"], counts["by_code"]) == (1, 1, 0)
    assert json.loads(run_command("--json", "--since", "2026-01"))["referrals"] == 0
    event = AuditEvent.objects.filter(action="duplicates.search").latest("at")
    assert (event.subject, event.detail["referrals"]) == ("since 2026-01", 0)
    with pytest.raises(CommandError, match="2026-03"):
        run_command("--since", "March")


def test_what_is_too_common_is_said(ngo: Partner) -> None:
    for _ in range(20):
        rare(ngo)
    counts = json.loads(run_command("--json"))
    assert (counts["listed"], counts["too_common"], counts["dropped_blocks"]) == (0, 20, 4)
