"""Who has read a whole report as it stands: the texts that were the last then are the last now."""

from __future__ import annotations

from partners import audit
from partners.audit import Actor
from partners.models import AuditEvent
from publications.annual.models import ReportDraft
from publications.annual.texts import last_text

READ_ACTION = "report.read"


def note_reading(*, by: Actor, draft: ReportDraft, last: int | None) -> None:
    """Write down that somebody was shown the whole draft, with the texts up to this one."""
    audit.record(by=by, action=READ_ACTION, subject=str(draft.year), draft=draft.pk, last_text=last)


def has_read(by: Actor, draft: ReportDraft) -> bool:
    """Whether somebody was shown the whole draft with every text that is in it."""
    events = AuditEvent.objects.filter(action=READ_ACTION, subject=str(draft.year), user_id=by.user_id or 0)
    return events.filter(detail__contains={"draft": draft.pk, "last_text": last_text(draft)}).exists()
