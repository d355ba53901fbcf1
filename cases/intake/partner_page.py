"""What switching a partner off does to its deliveries that are worked on."""

from __future__ import annotations

from collections.abc import Iterator

from cases.intake.batches.holding import AT_WORK
from cases.intake.models import Batch
from core.text import Text
from partners.models import Partner
from partners.staff import partner_page
from partners.staff.partner_page import Effect


def effects(partner: Partner) -> Iterator[Effect]:
    """The deliveries that wait their turn or are worked on."""
    if number := Batch.objects.filter(partner=partner, state__in=AT_WORK).count():
        yield Effect(
            Text("Leverancer, der er i gang eller venter", "Deliveries that run or wait"),
            Text(
                f"{number}. De standses. Det, der allerede er gemt af dem, bliver.",
                f"{number}. They are stopped. What is stored of them already stays.",
            ),
        )


partner_page.add_effect(right="jobs.view_job", find=effects)
