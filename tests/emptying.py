"""Emptying tables that nobody may empty: of the tests that commit, and of benchmarks with a database of their own.

TRUNCATE makes each table and each index anew, hundreds of files, whatever was in them: for the few rows of a test that is a hundred
times the work of deleting them. A benchmark has many rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

# The library's tables, which no model of Django manages.
OF_JOBS = ("procrastinate_jobs", "procrastinate_events", "procrastinate_periodic_defers", "procrastinate_workers")
# What is written after migrating: by Django of the models, and by us of the table of roles.
STANDING = {"django_content_type", "auth_permission", "auth_group", "auth_group_permissions"}
RESTING = """
DO $$ DECLARE emptied regclass; BEGIN
    FOR emptied IN SELECT tgrelid FROM pg_trigger WHERE tgname = 'never_emptied' LOOP
        EXECUTE format('ALTER TABLE %s {} TRIGGER never_emptied', emptied);
    END LOOP;
END $$
"""
DELETE = """
DO $$ DECLARE each regclass; filled regclass[] := '{{}}'; found boolean; BEGIN
    FOREACH each IN ARRAY ARRAY[{tables}]::regclass[] LOOP
        EXECUTE format('SELECT EXISTS (SELECT FROM %s)', each) INTO found;
        IF found THEN
            filled := filled || each;
            EXECUTE format('ALTER TABLE %s DISABLE TRIGGER USER', each);
        END IF;
    END LOOP;
    IF filled <> '{{}}' THEN
        -- In one statement: what names a row of another table may go before it or after it.
        EXECUTE (SELECT 'WITH ' || string_agg(format('gone_%s AS (DELETE FROM %s)', n, name), ', ') || ' SELECT'
                 FROM unnest(filled) WITH ORDINALITY AS each (name, n));
        SET CONSTRAINTS ALL IMMEDIATE;
    END IF;
    FOREACH each IN ARRAY filled LOOP
        EXECUTE format('ALTER TABLE %s ENABLE TRIGGER USER', each);
    END LOOP;
END $$
"""


def deleting(tables: Iterable[str]) -> str:
    """A statement that deletes all rows of all the tables, with what refuses that at rest meanwhile."""
    return DELETE.format(tables=", ".join(f"'\"{table}\"'" for table in sorted(tables)))


def resting(statements: Sequence[str]) -> list[str]:
    """The statements, with the trigger of releases at rest meanwhile."""
    return [RESTING.format("DISABLE"), *statements, RESTING.format("ENABLE")]
