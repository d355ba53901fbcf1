"""Links and conflicts in releases: what is told of what is unresolved, and who knows a person."""

from __future__ import annotations

from typing import Any

import pytest

from cases.models import Referral
from cases.statistics.models import AUTHORITY, PUBLIC
from cases.statistics.publishing import build, records
from cases.statistics.publishing.choice import Choice
from cases.statistics.publishing.records import Record
from cases.statistics.release import Period
from partners.audit import COMMAND
from partners.models import Partner
from tests.cases.linking.world import apart, back, person, together
from tests.cases.statistics.records import at, identified, partner, referral

pytestmark = pytest.mark.django_db
