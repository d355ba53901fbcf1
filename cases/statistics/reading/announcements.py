"""What is announced of a release beside its figures: what changed since the vintage before, its errata, and its withdrawal."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from partners.text import Text

ERRATUM = "ERRATUM"
# As one text: the driver takes long to read arrays. The moment is written as PostgreSQL writes it in JSON, which is RFC 3339.
ERRATA = """
SELECT json_agg(json_build_array(m.id, m.published_at, m.text_da, m.text_en) ORDER BY m.published_at, m.id)::text AS every
FROM statistics_erratum m WHERE m.release_id = r.id
"""
COLUMNS = "r.change_notes_da, r.change_notes_en, e.every"


@dataclass(frozen=True, slots=True)
class WithdrawalNotice:
    """When and why a release was withdrawn, and the release that stands in its place."""

    at: datetime
    reason: str
    replacement: str


@dataclass(frozen=True, slots=True)
class ErratumNotice:
    """What has to be known of a published release that is wrong."""

    id: int
    at: datetime
    text: Text


@dataclass(frozen=True, slots=True)
class Announcements:
    """The change notes, None for a first vintage without any; and the errata, the oldest first."""

    change_notes: Text | None = None
    errata: tuple[ErratumNotice, ...] = ()

    @property
    def key(self) -> str:
        """A text that changes when an erratum is added."""
        return " ".join(f"e{erratum.id}" for erratum in self.errata)


NONE = Announcements()


def announcements_of(notes_da: str, notes_en: str, errata: str | None) -> Announcements:
    """The announcements in the columns of a row."""
    rows = json.loads(errata) if errata else ()
    notices = tuple(ErratumNotice(number, datetime.fromisoformat(at), Text(da, en)) for number, at, da, en in rows)
    return Announcements(Text(notes_da, notes_en) if notes_da else None, notices)
