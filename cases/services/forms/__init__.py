"""Every form, one entry each. What is stored, sent, asked, checked, described and counted is derived from this table.

The fields are those in which the Danish services have reported of themselves.
"""

from __future__ import annotations

from cases.services.forms.contacts import CLINIC, HOTLINE, OUTREACH
from cases.services.forms.justice import JUSTICE
from cases.services.forms.situation import SITUATION
from cases.services.forms.support import ASSISTANCE, SHELTER
from cases.services.shapes import CountForm

__all__ = ["ASSISTANCE", "CLINIC", "FORMS", "HOTLINE", "JUSTICE", "OUTREACH", "SHELTER", "SITUATION"]

FORMS: dict[str, CountForm] = {
    each.id: each for each in (OUTREACH, CLINIC, SHELTER, HOTLINE, ASSISTANCE, JUSTICE, SITUATION)
}
