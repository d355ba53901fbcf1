"""What an attacker of counts has in its hands: reported by the API, built and approved, and read from what is published."""

from __future__ import annotations

from cases.codelists import SETTING
from stats.models import PUBLIC, PublishedSumTable
from stats.publishing import build
from stats.publishing.choice import Choice
from stats.staff import approval
from stats.sums.public import ProtectedSums
from stats.sums.sources import Place
from tests.attacks.world import staff
from tests.callers import Caller
from tests.stats.sums.worlds import MEASURES, PLACES, WAYS, World

OUTREACH, JUNE = "outreach.contacts", "/api/v1/counts/OUTREACH/2024-06"
# The places and ways of small worlds, and their measures, in the form of outreach.
REGIONS = dict(zip(PLACES, ("DK01", "DK02", "DK03"), strict=True))
SETTINGS = dict(zip(WAYS, SETTING.names[:3], strict=True))
QUANTITIES = dict(zip(MEASURES, ("contacts", "first_contacts", "informed"), strict=True))
SAME = {"activity": "VISIT", "gender": "F", "citizenship_group": "NON_EU"}
DIMENSIONS = {"region": ("place", REGIONS), "setting": ("way", SETTINGS)}


def report(world: World, callers: list[Caller]) -> World:
    """The same world, reported by these clients: what each partner of it said in June."""
    for caller, who in zip(callers, world.reports, strict=True):
        lines = [
            {"region": REGIONS[place], "setting": SETTINGS[way], **SAME}
            | dict(zip(QUANTITIES.values(), numbers, strict=True))
            | {"suspicions": 0, "referrals_made": 0}
            for (place, way), numbers in world.reports[who].items()
        ]
        assert caller.put(JUNE, {"visits": [], "contacts": lines}).status_code == 201
    return World({caller.partner.pk: world.reports[who] for caller, who in zip(callers, world.reports, strict=True)})


def issue() -> str:
    """Build a release of the year with these counts, and have somebody else publish it; its id."""
    choice = Choice.of([""]).with_sums([OUTREACH])
    built = build.build(by=staff("builder"), period="2024", audience=PUBLIC, choice=choice)
    assert built.passed
    approval.publish(by=staff("approver"), release_id=built.release.pk)
    return str(built.release.pk)


def read_back(release: str) -> ProtectedSums:
    """The figures of a release as everybody may read them, in the words of the small world."""
    shown: dict[Place, int] = {}
    silent = set()
    for measure, quantity in QUANTITIES.items():
        for row in PublishedSumTable.objects.filter(release=release, dataset=OUTREACH, measure=quantity):
            if row.axes and row.axes not in DIMENSIONS:
                continue
            name, codes = DIMENSIONS.get(row.axes, ("", {"": ""}))
            counts = dict(zip(row.codes, row.counts, strict=True))
            for code, stored in codes.items():
                if stored not in row.hidden:
                    place: Place = (measure, (name,), (code,)) if name else (measure, (), ())
                    shown[place] = counts.get(stored, 0)
            if not row.axes and row.hidden:
                silent.add(measure)
    return ProtectedSums(shown, {}, frozenset(silent), True, {}, {})
