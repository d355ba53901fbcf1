"""Pages for everybody, in a real browser: in both languages, on a telephone and a desk, by keyboard, and without scripts."""

from __future__ import annotations

import pytest

from tests.browser.conftest import Stage

pytestmark = pytest.mark.browser
ADDRESSES = [
    "/da/",
    "/da/statistik/",
    "/da/statistik/?q=fodbold",
    "/da/rapport/",
    "/da/rapport/2023/",
    "/da/rapport/2019/",
    "/da/rapport/2022/1/",
    "/da/statistik/persons/",
    "/da/statistik/persons/?by=gender",
    "/da/statistik/persons/?by=citizenship&period=2017",
    "/da/statistik/persons/?by=gender,exploitation.form&period=2019-2023",
    "/da/statistik/persons/?by=gender&period=2019,2021..2023",
    "/da/statistik/persons/?by=region&period=2023",
    "/da/statistik/persons/?by=exploitation.form",
    "/da/statistik/persons/?by=gender&period=2023&gender=F",
    "/da/statistik/outreach.contacts/?by=region&period=2023",
    "/da/statistik/funnel/",
    "/da/udgivelser/",
    "/da/udgivelser/2021.p1/",
    "/da/udgivelser/2020.x2/",
    "/da/kalender/",
    "/da/om-tallene/",
    "/da/om/",
    "/da/kontakt/",
    "/da/privatliv/",
    "/da/beredskab/",
    "/da/tilbud/",
    "/da/udgivelser/2019-2023.p1/bevis/",
]
HEAVIEST = 150_000


def test_a_visitor_reads_picks_and_finds_the_same_page_in_the_other_language(stage: Stage) -> None:
    found = stage.walk("public", addresses=ADDRESSES)
    assert found["faults"] == {}
    assert found["keyboard"] == {"at": "/en/statistics/persons/?by=gender&period=2023", "rows": 5}
    assert found["scriptless"] == {"at": "/da/statistik/persons/?by=gender&period=2019..2023", "rows": 5}
    # One picture of each chart is there to be seen, and to be heard.
    both = [["persons-region-2023-map-da-narrow-title"], ["persons-region-2023-bars-da-narrow-title"]]
    assert found["charts"] == {"desk": both, "telephone": both, "paper": both}
    assert found["weight"] < HEAVIEST
    assert found["printed"]["tables"] == found["printed"]["seen"] > 0 and found["printed"]["links"] == 0
    assert found["key"] == {"desk": "beside", "telephone": "below"}
