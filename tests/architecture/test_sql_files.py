"""Every file of SQL is installed by one migration, which was written for it as it stands."""

from __future__ import annotations

from collections import Counter

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from partners.install import ROOT, InstallSQL, digest_of

STEPS = [
    step
    for migration in MigrationLoader(None).disk_migrations.values()
    for step in migration.operations
    if isinstance(step, InstallSQL)
]


def test_every_file_is_installed_by_one_migration() -> None:
    """A file that nothing installs is no function; one that two install is two."""
    files = {path for path in ROOT.glob("*/**/sql/*.sql") if ".venv" not in path.parts}
    assert Counter(step.path for step in STEPS) == dict.fromkeys(files, 1)


def test_every_file_is_as_it_was_when_its_migration_was_written() -> None:
    """A file that changes needs a migration that installs it."""
    for step in STEPS:
        assert step.digest == digest_of(step.path), f"Write a migration: {step.path.name} is {digest_of(step.path)}"


@pytest.mark.django_db
def test_a_file_that_changed_is_not_installed() -> None:
    """The migration refuses, rather than install what nobody said should be."""
    for step in STEPS[:1]:
        other = InstallSQL(step.path.parent.parent.name, step.path.name, digest="0" * 16)
        with connection.schema_editor() as editor, pytest.raises(ValueError, match="write a migration"):
            other.database_forwards("cases", editor, None, None)
