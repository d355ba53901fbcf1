"""The step of a migration that installs functions of the database from a file: SQL is read, linted and reviewed as SQL."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import RunSQL

ROOT = Path(__file__).resolve().parent.parent


def digest_of(path: Path) -> str:
    """The first 16 hexadecimal digits of the SHA-256 of a file."""
    return sha256(path.read_bytes()).hexdigest()[:16]


class InstallSQL(RunSQL):
    """Runs ``folder/sql/name``, for functions alone: they are bound late, so their latest text serves every earlier table.

    One migration installs a file. Where the file changes, a new migration installs it and the earlier one no longer does;
    the digest makes that impossible to forget.
    """

    def __init__(self, folder: str, name: str, *, digest: str, reverse_sql: str = RunSQL.noop) -> None:
        """Name the file, its digest, and the SQL that takes the functions away again."""
        self.path, self.digest = ROOT / folder / "sql" / name, digest
        super().__init__(self.path.read_text(encoding="utf-8"), reverse_sql)

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        """Run the file. Raises ``ValueError`` where it is not the one that the migration was written for."""
        if digest_of(self.path) != self.digest:
            raise ValueError(f"{self.path.relative_to(ROOT)} has changed: write a migration that installs it.")
        super().database_forwards(app_label, schema_editor, from_state, to_state)
