"""Every form, one entry each. What is stored, sent, asked, checked, described and counted is derived from this table.

The fields are those in which the Danish services have reported of themselves.
"""

from __future__ import annotations

from cases.services.forms.assistance import ASSISTANCE
from cases.services.forms.clinic import CLINIC
from cases.services.forms.hotline import HOTLINE
from cases.services.forms.justice import JUSTICE
from cases.services.forms.outreach import OUTREACH
from cases.services.forms.shelter import SHELTER
from cases.services.forms.situation import SITUATION
from cases.services.shapes import CountForm

__all__ = ["ASSISTANCE", "CLINIC", "FORMS", "HOTLINE", "JUSTICE", "OUTREACH", "SHELTER", "SITUATION"]

FORMS: dict[str, CountForm] = {
    each.id: each for each in (OUTREACH, CLINIC, SHELTER, HOTLINE, ASSISTANCE, JUSTICE, SITUATION)
}
