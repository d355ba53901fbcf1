"""A code is split between two public vintages: the second is built, proved and published, and says what changed since the first."""

from __future__ import annotations

from tests.journey.code_change_steps import NEW, OLD
from tests.journey.test_code_change import OVERLAP, Tree, command, step, trees, url

__all__ = ["trees", "url"]
YEAR = "2025"
OTHERS, EARLY, LATE = 20, 14, 12


def test_vintages_over_a_split(trees: tuple[Tree, Tree]) -> None:
    before, after = trees
    *_, first = before.run(
        command("migrate", "--verbosity=0"),
        step("identify", code="SEXUAL", count=OTHERS),
        step("identify", code=OLD, count=EARLY),
        step("publish"),
    )
    assert first == {"passed": True, "release": f"{YEAR}.p1"}
    after.run(command("codelist", "migration"), command("codelist", "record"))
    _, _, second, told = after.run(
        command("migrate", "--verbosity=0"),
        step("identify", OVERLAP, code=NEW, count=LATE),
        step("publish"),
        step("compared", newer=f"{YEAR}.p2"),
    )
    assert second == {"passed": True, "release": f"{YEAR}.p2"}
    assert told["changes"]["from"] == f"{YEAR}.p1"
    # The roll-up takes in both: it grew by those who came. The table of submitted codes has a line for the new one.
    assert told["rows"]["exploitation.form"] == {"OTH": [EARLY, EARLY + LATE]}
    assert told["rows"]["exploitation"][NEW] == [0, LATE]
    assert OLD not in told["rows"]["exploitation"]
    # The first vintage answers as it did, without the code that it does not know.
    assert told["then"] == {"TOTAL": OTHERS + EARLY, "SEXUAL": OTHERS, OLD: EARLY}
    assert told["now"] == {
        "TOTAL": OTHERS + EARLY + LATE, "SEXUAL": OTHERS, OLD: EARLY, NEW: LATE,
    }  # fmt: skip
