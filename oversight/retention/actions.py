"""What the audit calls the actions of this room."""

from __future__ import annotations

from core.text import Text
from oversight.retention.models import RetentionHold
from partners.staff import audit_words, subjects

audit_words.add({"retentionhold.add": Text("Opbevaring forlænget eller ændret", "Retention prolonged or changed")})
subjects.add(("retentionhold.",), RetentionHold)
