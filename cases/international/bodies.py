"""Every body, one entry each."""

from __future__ import annotations

from cases.international.of_eu import EU_19A
from cases.international.of_eurostat import EUROSTAT
from cases.international.of_greta import GRETA
from cases.international.of_unodc import GLOTIP
from cases.international.shapes import ReceivingBody

BODIES: dict[str, ReceivingBody] = {each.id: each for each in (EU_19A, EUROSTAT, GLOTIP, GRETA)}
