"""What an erasure counts has words in both languages: the list of erasures shows it, and so does the audit."""

from __future__ import annotations

import re

from partners.staff.audit_words import DETAILS
from tests.architecture.test_sources import ROOT


def test_every_kind_of_row_that_an_erasure_counts_has_a_name() -> None:
    texts = [(ROOT / "oversight/rights/sql" / name).read_text() for name in ("erase.sql", "rehearsal.sql")]
    objects = [part for text in texts for part in re.findall(r"jsonb_build_object\(([^;]*);", text)]
    kinds = {kind for part in objects for kind in re.findall(r"'(\w+)', ", part)}
    assert {"returns", "results_of_rows", "linkage_codes"} <= kinds
    assert sorted(kinds - set(DETAILS)) == []
