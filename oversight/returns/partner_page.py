"""What switching a partner off does to the referrals that the centre has returned to it."""

from __future__ import annotations

from collections.abc import Iterator

from core.text import Text
from oversight.returns.models import Return
from partners.models import Partner
from partners.staff import partner_page
from partners.staff.partner_page import Effect


def effects(partner: Partner) -> Iterator[Effect]:
    """The open returns, which nobody can answer then."""
    if number := Return.objects.of(partner.pk).open().count():
        yield Effect(
            Text("Returneringer, der ikke er besvaret", "Open returns"),
            Text(
                f"{number}. Ingen kan besvare dem, og de vises ikke som forsinkede. De bliver stående, til de trækkes tilbage.",
                f"{number}. Nobody can answer them, and they are not shown as late. They stay until they are taken back.",
            ),
        )


partner_page.add_effect(right="returns.ask_return", find=effects)
