"""Staff pages of the statistics: protected releases, orders to build them, decisions on what others have published, and errata.

Everything here runs with the rights of the web server: it can reach neither a draft's cells nor what its audit found. Looking at a
draft, publishing and withdrawing are functions of the database. They check everything themselves; these pages check it for a
readable message.
"""

from __future__ import annotations

from django.contrib import admin
from django.http import HttpRequest

from cases.statistics.fact_words import words_of_fact
from cases.statistics.models import AnnouncedDate, BuildOrder, Erratum, FactDecision, Release
from cases.statistics.staff.calendar_screen import CalendarScreen
from cases.statistics.staff.errata_screen import ErratumScreen
from cases.statistics.staff.fact_forms import FactForm
from cases.statistics.staff.orders import BuildOrderScreen
from cases.statistics.staff.release_screen import ReleaseScreen
from cases.statistics.words import FACT_HELPS, FACT_WARNING, FIELDS, NO_DECISIONS
from partners.staff.screens import SignedScreen
from partners.text import Text, lazily


@admin.register(FactDecision)
class FactDecisionAdmin(SignedScreen):
    """What staff decided of figures that others have published and the records contradict."""

    form = FactForm
    list_display = ("decided_at", "figure", "decision", "low", "high", "reason", "user")
    ordering = ("-decided_at", "-pk")
    list_filter = ("decision",)
    list_select_related = ("user",)
    helps = FACT_HELPS
    empty_words = NO_DECISIONS
    act = Text("Registrér en afgørelse", "Record a decision")
    warning = FACT_WARNING

    def get_fields(self, request: HttpRequest, obj: FactDecision | None = None) -> tuple[str, ...]:
        """The form; of a decision its content, with the figure in words."""
        content = ("decision", "low", "high", "reason")
        return ("fact", *content) if obj is None else ("figure", *content, "decided_at", "user")

    @admin.display(description=lazily(FIELDS["fact"]), ordering="fact")
    def figure(self, decision: FactDecision) -> str:
        """The figure in words."""
        return str(words_of_fact(decision.fact))


admin.site.register(Erratum, ErratumScreen)
admin.site.register(BuildOrder, BuildOrderScreen)
admin.site.register(AnnouncedDate, CalendarScreen)
admin.site.register(Release, ReleaseScreen)
