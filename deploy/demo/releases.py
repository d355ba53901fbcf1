"""The releases of the demo: exact ones of each period, and ten protected ones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection
from datetime import datetime

from django.contrib.auth.models import User
from django.utils import timezone

from cases.months import COPENHAGEN
from core.text import Text
from partners import audit
from partners.audit import Actor
from stats.counting import build as release
from stats.counting.build import parse_period
from stats.models import AUTHORITY, EXACT, PUBLIC, Publication, Release
from stats.publishing import build
from stats.publishing.choice import Choice
from stats.staff import approval
from stats.sums.datasets import SUM_DATASETS
from stats.sums.leaves import read_snapshot

PERIODS = (*(str(year) for year in range(2015, 2024)), "2015-2023")
# A period, an audience, and what is published of it.
type ProtectedRelease = tuple[str, str, Choice]
YEARS = tuple(str(year) for year in range(2019, 2024))
POOL = "2019-2023"
QUARTERS = tuple(f"2023-Q{quarter}" for quarter in range(1, 5))
TABLES_OF_YEAR = ("gender", "exploitation.form", "citizenship.continent", "age_band.age18", "region")
TABLES_OF_POOL = ("gender,exploitation.form", "citizenship.continent,exploitation.form")
TABLES_OF_QUARTER = ("gender,exploitation.form", "citizenship.continent", "region")
# The counts of services that come with a year and with the last quarter. Justice is reported by the year.
SUMS_OF_QUARTER = (
    "outreach.visits", "outreach.contacts", "clinic.opening", "clinic.services", "shelter.places", "shelter.moves",
    "hotline.calls", "assistance.grants", "assistance.returns",
)  # fmt: skip
SUMS_OF_YEAR = (
    *SUMS_OF_QUARTER,
    "justice.suspects", "justice.prosecuted", "justice.decisions", "justice.convicted", "justice.judgments",
)  # fmt: skip
PROTECTED: tuple[ProtectedRelease, ...] = (
    *((period, PUBLIC, Choice.of(TABLES_OF_YEAR).with_sums(SUMS_OF_YEAR)) for period in YEARS),
    (POOL, PUBLIC, Choice.of(TABLES_OF_POOL)),
    *((period, AUTHORITY, Choice.of(TABLES_OF_QUARTER)) for period in QUARTERS[:-1]),
    (QUARTERS[-1], AUTHORITY, Choice.of(TABLES_OF_QUARTER).with_sums(SUMS_OF_QUARTER)),
)
# What is published before anything is served: the newest year, and a quarter of it.
FIRST = tuple(each for each in PROTECTED if each[0] in {YEARS[-1], QUARTERS[0]})
# What was known of 2020 in the spring after: a later vintage has the late decisions.
EARLIER = {"2020": (datetime(2021, 4, 1, tzinfo=COPENHAGEN),)}
LATE = Text("Sene afgørelser er med.", "Late decisions are included.")
# Of a draft that an interrupted start left, and that is built anew.
AGAIN = Text("Bygget igen; den forrige blev aldrig udgivet.", "Built again; the one before was never published.")


def build_exact(say: Callable[[str], None]) -> None:
    """A vintage of each period, of one of them two, as of these moments."""
    present = Counter(Release.objects.filter(audience=EXACT).values_list("period", flat=True))
    for period in PERIODS:
        moments = (*EARLIER.get(period, ()), None)
        for number, moment in enumerate(moments[present[period] :], present[period]):
            say(f"building the release of {period}")
            release.build(by=audit.COMMAND, period=period, as_of=moment, change_notes=LATE if number else None)


def missing() -> list[ProtectedRelease]:
    """The protected releases that are not published, in the order in which they are built."""
    releases_published = set(Publication.objects.values_list("release__period", "release__audience"))
    return [each for each in PROTECTED if each[:2] not in releases_published]


def publish(
    say: Callable[[str], None], builder: User, approver: User, chosen_releases: Collection[ProtectedRelease] = PROTECTED
) -> None:
    """Build and publish those of these releases that are missing."""
    for period, audience, choice in (each for each in missing() if each in chosen_releases):
        say(f"protecting {period} for {audience}")
        has_draft = Release.objects.filter(period=period, audience=audience).exists()
        draft = build.build(
            by=Actor.of(builder),
            period=period,
            audience=audience,
            choice=choice.with_sums(datasets_reported(choice.sums, period)),
            change_notes=AGAIN if has_draft else None,
        )
        approval.publish(by=Actor.of(approver), release_id=draft.release.pk)


def datasets_reported(datasets: Collection[str], period: str) -> list[str]:
    """Those of some datasets of sums of which somebody has reported something in a period: of the others there are no data."""
    of, at = parse_period(period), timezone.now()
    return [name for name in datasets if read_snapshot(SUM_DATASETS[name], of, at).reports]


def how_far() -> Text:
    """How many of the protected releases are published, for readers of every page; then that other things are not there yet."""
    number, of = len(PROTECTED) - len(missing()), len(PROTECTED)
    if number == of:
        return Text(
            "Demoen er ved at blive bygget: udgivelserne er klar. Diagrammer, rapporter og varsler kommer af sig selv.",
            "This demo is still being built: its releases are there. Charts, reports and notices follow by themselves.",
        )
    return Text(
        f"Demoen er ved at blive bygget: {number} af {of} udgivelser er klar. Resten kommer af sig selv, ligesom diagrammer, "
        "rapporter og varsler.",
        f"This demo is still being built: {number} of {of} releases are built. The rest follows by itself, and so do charts, "
        "reports and notices.",
    )
