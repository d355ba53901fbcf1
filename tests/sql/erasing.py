"""Calls of the steps of an erasure."""

from __future__ import annotations

REFERRALS = "SELECT * FROM henvis_referrals_of(%s::uuid[])"
ASSESSMENTS = "SELECT * FROM henvis_assessments_of(%s::uuid[])"
WHOLE = "SELECT henvis_is_whole(%s::uuid[], %s::uuid[], %s::uuid[])"
BEGIN = "SELECT henvis_begin_erasure(%s, %s::uuid[], %s::uuid[], %s::uuid[])"
UNLINK = "SELECT henvis_unlink_counts(%s::uuid[], %s::uuid[])"
OTHERS = "SELECT henvis_keep_others(%s::uuid[], %s::text[], false)"
RECORDS = "SELECT henvis_erase_records(%s::uuid[], %s::text[], %s::uuid[], %s::uuid[], false)"
PAIRS = "SELECT henvis_erase_pairs(%s::uuid[], %s::uuid[], %s::uuid[])"
LINKS = "SELECT henvis_erase_links(%s::uuid[], %s::uuid[], %s::uuid[])"
ANSWERS = "SELECT henvis_erase_answers(%s::uuid[], %s::uuid[], %s::text[])"
DELIVERIES = "SELECT henvis_erase_deliveries(%s::uuid[], %s::uuid[])"
RENAME = "SELECT henvis_rename_in_logs(%s::uuid[], %s)"
ERASE = "SELECT henvis_erase(%s, %s::uuid[], %s::text[], %s::text[], %s::uuid[], %s::uuid[], %s::text[], 'REQUESTED')"
SPARE = "SPARETOKEN1"
