"""The task of this room."""

from __future__ import annotations

from partners import jobs
from publications.figures.words import DRAW_CHARTS

paint = jobs.task("charts.paint", queue=jobs.UPKEEP, words=DRAW_CHARTS, every=jobs.EVERY_MINUTE, priority=2)
paint("publications.figures.painter.draw_what_is_published")
