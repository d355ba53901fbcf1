"""The packages that hold our rooms. Contracts in `pyproject.toml` say which knows which."""

from __future__ import annotations

# What is above all organisations, of whom every record is.
OF_RECORDS = ("sandbox", "oversight", "publications", "stats", "notices", "cases")
ROOMS = (*OF_RECORDS, "partners", "core")
# Those, and the one beside them that has tables too.
WITH_TABLES = (*ROOMS, "api")
