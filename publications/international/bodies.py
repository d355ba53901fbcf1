"""Every body, one entry each."""

from __future__ import annotations

from publications.international.of_eu import EU_19A
from publications.international.of_eurostat import EUROSTAT
from publications.international.of_greta import GRETA
from publications.international.of_unodc import GLOTIP
from publications.international.shapes import ReceivingBody

BODIES: dict[str, ReceivingBody] = {each.id: each for each in (EU_19A, EUROSTAT, GLOTIP, GRETA)}
