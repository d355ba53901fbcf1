"""Staff pages of the statistics: protected releases, orders to build them, decisions on what others have published, and errata.

Everything here runs with the rights of the web server: it can reach neither a draft's cells nor what its audit found. Looking at a
draft, publishing and withdrawing are functions of the database. They check everything themselves; these pages check it for a
readable message.
"""

from __future__ import annotations

from django.contrib import admin

from stats.models import AnnouncedDate, BuildOrder, Erratum, FactDecision, Release
from stats.staff.calendar_screen import CalendarScreen
from stats.staff.errata_screen import ErratumScreen
from stats.staff.fact_screen import FactDecisionScreen
from stats.staff.orders import BuildOrderScreen
from stats.staff.release_screen import ReleaseScreen

admin.site.register(Erratum, ErratumScreen)
admin.site.register(BuildOrder, BuildOrderScreen)
admin.site.register(AnnouncedDate, CalendarScreen)
admin.site.register(FactDecision, FactDecisionScreen)
admin.site.register(Release, ReleaseScreen)
