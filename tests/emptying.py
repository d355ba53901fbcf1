"""Emptying tables that nobody may empty: of the tests that commit, and of benchmarks with a database of their own."""

from __future__ import annotations

from collections.abc import Sequence

RESTING = """
DO $$ DECLARE emptied regclass; BEGIN
    FOR emptied IN SELECT tgrelid FROM pg_trigger WHERE tgname = 'never_emptied' LOOP
        EXECUTE format('ALTER TABLE %s {} TRIGGER never_emptied', emptied);
    END LOOP;
END $$
"""


def resting(statements: Sequence[str]) -> list[str]:
    """The statements, with the trigger of releases at rest meanwhile."""
    return [RESTING.format("DISABLE"), *statements, RESTING.format("ENABLE")]
