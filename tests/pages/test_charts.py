"""Charts on pages: drawn by the worker, shown with their tables, given as files, and sent along when an address is shared."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime, timedelta
from functools import cache

import pytest
from django.db import ProgrammingError, connection, transaction
from django.db.models import F
from django.test import Client
from PIL import Image
from structlog.testing import capture_logs

from core.text import Text
from publications.figures import painter
from publications.figures.chart import Chart, ChartKind
from publications.figures.drawing import Drawing, draw
from publications.figures.models import ChartPicture
from stats.models import PUBLIC
from tests.callers import as_web_server
from tests.pages.test_public import GENDER, TOLD, page
from tests.stats.published import Cells, publish, publish_erratum

pytestmark = pytest.mark.django_db
MARCH, APRIL = datetime(2024, 3, 1, 12, tzinfo=UTC), datetime(2024, 4, 1, 12, tzinfo=UTC)
REGION: Cells = {"DK01": 60, "DK02": None, "DK03": None, "DK04": 20, "DK05": 0, "_U": 0}
draw_once = cache(draw)
TABLE, NAME = "/da/statistik/persons/?by=gender&period=2023", "persons-gender-2023-bars-da"
HOST = "http://testserver"
SHARED = (("/da/", "da_DK", "Tal om menneskehandel"), ("/en/", "en_GB", "Figures on human trafficking"))
# What names no answer. PostgreSQL has no NUL in a text.
ODD = ("%00", "a%00b", "a" * 31, "%00" + "a" * 31, "a" * 33, "x" * 32)
WRITES = (
    "DELETE FROM figures_chartpicture",
    "UPDATE figures_chartpicture SET svg = ''",
    "INSERT INTO figures_chartpicture DEFAULT VALUES",
)


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """The queries of these tests, and not the dozens of what others have published; a chart that is as before is drawn once."""
    texts: tuple[dict[str, str], ...] = ({}, {"by": "gender", "period": "2023"}, {"by": "region", "period": "2023"})
    monkeypatch.setattr(painter, "queries", lambda *_, **__: iter(texts))
    monkeypatch.setattr(painter, "draw", draw_once)


@pytest.fixture
def drawn(few: None) -> None:
    """The year 2023, and its charts."""
    publish(
        PUBLIC,
        "2023",
        {"": {"": 100}, "gender": GENDER, "region": REGION},
        symbols={"gender": 9},
        told=TOLD,
        when=MARCH,
    )
    assert painter.draw_missing() == 8


def age(by: timedelta) -> None:
    """Let time pass for pictures, all of which were drawn long ago."""
    ChartPicture.objects.update(drawn_at=MARCH, unused_since=F("unused_since") - by)


def files(text: str) -> list[str]:
    """Where the files of the charts of a page are."""
    return re.findall(r'href="(/\w\w/(?:figurer|charts)/[^"]+)"', text)


@pytest.mark.usefixtures("few")
def test_what_was_published_is_drawn_once() -> None:
    publish(PUBLIC, "2023", {"": {"": 100}, "gender": GENDER}, symbols={"gender": 9}, told=TOLD, when=MARCH)
    told: list[str] = []
    assert files(page(TABLE)) == []
    for paint in (painter.Painter(), painter.Painter()):
        paint(told.append)
    assert told == ["drew 4 pictures"]
    assert [each.rpartition("/")[2] for each in files(page(TABLE))] == [f"{NAME}.svg", f"{NAME}.png"]


@pytest.mark.usefixtures("few")
def test_what_cannot_be_drawn_stops_no_other_chart_and_no_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    publish(PUBLIC, "2023", {"": {"": 100}, "gender": GENDER}, symbols={"gender": 9}, told=TOLD, when=MARCH)

    def poison(chart: Chart) -> Drawing:
        if chart.kind == ChartKind.YEARS:
            raise ValueError("secret")
        return draw_once(chart)

    monkeypatch.setattr(painter, "draw", poison)
    paint, told = painter.Painter(), list[str]()
    with capture_logs() as lines:
        paint(told.append)
        paint(told.append)
    assert told == ["drew 2 pictures"]
    assert {(each["event"], each["log_level"], each["error"]) for each in lines} == {
        ("charts not drawn", "error", "ValueError")
    }
    assert len(lines) == 2 and "secret" not in repr(lines) and "test_charts.py" in lines[0]["where"]
    assert files(page(TABLE)) != []


def test_the_task_of_the_worker_draws_and_says_so_in_the_log(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(painter, "paint", lambda tell: tell("drew 4 pictures"))
    with capture_logs() as lines:
        painter.draw_what_is_published()
    assert [(each["event"], each["log_level"]) for each in lines] == [("drew 4 pictures", "info")]


@pytest.mark.usefixtures("drawn")
def test_a_page_has_one_picture_for_desks_and_one_for_telephones_and_says_what_it_shows() -> None:
    text = page(TABLE)
    assert text.count("<svg") == text.count('role="img"') == 2
    assert "Kvinde 60, Mand skjult (0–9), Transkønnet eller andet skjult (10–30), Ukendt skjult." in text
    assert (
        'id="persons-gender-2023-bars-da-wide-title"' in text
        and 'id="persons-gender-2023-bars-da-narrow-title"' in text
    )
    english = page("/en/statistics/persons/?by=gender&period=2023")
    assert "Bar chart: " in english and "Hent figuren" not in english
    assert 'class="charts beside"' in page("/da/statistik/persons/?by=region&period=2023")
    assert "Ingen udgivne tal" not in page("/da/")


@pytest.mark.usefixtures("drawn")
def test_the_same_figures_have_the_same_chart_however_they_are_asked_for() -> None:
    assert files(page("/da/statistik/persons/?by=gender&release=2023.p1")) == files(page(TABLE)) != []
    assert files(page("/da/statistik/persons/?by=gender&year=2023")) == files(page(TABLE))
    assert files(page("/da/statistik/persons/?by=gender&period=2023&gender=F")) == []


@pytest.mark.usefixtures("drawn")
def test_a_file_has_a_name_and_never_changes() -> None:
    svg, png = files(page(TABLE))
    answer = Client().get(svg)
    assert answer["Content-Type"] == "image/svg+xml" and answer.content.startswith(b"<svg")
    assert answer["Content-Disposition"] == 'inline; filename="persons-gender-2023-bars-da.svg"'
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
    assert Client(headers={"if-none-match": answer["ETag"]}).get(svg).status_code == 304
    picture = Client().get(png)
    assert (picture["Content-Type"], picture["ETag"] == answer["ETag"]) == ("image/png", False)
    with Image.open(io.BytesIO(picture.content)) as image:
        assert image.width == 1536 and image.info.keys() <= {"dpi"}
    others = [svg.replace("da.svg", "da.gif"), svg.replace("-da.", "-en."), svg.replace("gender", "region")]
    answer_id = svg.split("/")[3]
    odd = [f"/da/figurer/{each}/{NAME}.{form}" for each in ODD for form in ("svg", "png")]
    for other in (
        *others,
        *odd,
        svg.replace(answer_id, answer_id.upper()),
        png.replace("/da/figurer", "/en/charts"),
        f"{png}%00",
    ):
        assert Client().get(other).status_code == 404


@pytest.mark.usefixtures("drawn")
def test_who_shares_an_address_shows_its_chart() -> None:
    for address, language, title in SHARED:
        tags = dict(re.findall(r'<meta property="og:([\w:]+)" content="([^"]*)">', page(address)))
        assert (tags["title"], tags["locale"], tags["url"]) == (title, language, f"{HOST}{address}")
        assert Client().get(tags["image"].removeprefix(HOST)).status_code == 200
        assert int(tags["image:width"]) >= 1200 and int(tags["image:height"]) >= 630
        assert tags["image:alt"] and tags["description"]
        assert '<meta name="twitter:card" content="summary_large_image">' in page(address)


@pytest.mark.usefixtures("drawn")
@pytest.mark.parametrize("address", ["/da/", TABLE])
def test_a_chart_of_other_figures_is_never_shown(address: str) -> None:
    before = files(page(address))
    with as_web_server():
        publish_erratum("2023.p1", Text("Forkert.", "Wrong."))
    # Until the worker has drawn it anew there is the table alone.
    assert before and files(page(address)) == []
    painter.draw_missing()
    assert files(page(address)) and not set(files(page(address))) & set(before)


@pytest.mark.usefixtures("drawn")
def test_a_new_vintage_has_its_own_charts_and_old_ones_go_after_a_day() -> None:
    old = files(page(TABLE))
    publish(
        PUBLIC, "2023", {"": {"": 104}, "gender": {**GENDER, "F": 64}}, 2, symbols={"gender": 9}, told=TOLD, when=APRIL
    )
    assert files(page(TABLE)) == []
    painter.draw_missing()
    assert "Kvinde 64" in page(TABLE) and "Kvinde 60" not in page(TABLE)
    # A page that somebody keeps leads to it, for a day from now.
    worker = painter.Painter()
    worker(print)
    assert Client().get(old[0]).status_code == 200
    age(timedelta(hours=23))
    worker(print)
    assert Client().get(old[0]).status_code == 200
    age(timedelta(hours=2))
    worker(print)
    assert Client().get(old[0]).status_code == 404 and Client().get(files(page(TABLE))[0]).status_code == 200


@pytest.mark.usefixtures("drawn")
def test_a_picture_that_is_in_use_again_stays() -> None:
    old, *_ = files(page(TABLE))
    ChartPicture.objects.update(unused_since=MARCH)
    painter.Painter()(print)
    assert old in files(page(TABLE)) and Client().get(old).status_code == 200


@pytest.mark.usefixtures("drawn")
def test_the_web_server_reads_pictures_and_writes_none() -> None:
    with transaction.atomic(), as_web_server():
        assert page(TABLE).count("<svg") == 2
    for act in WRITES:
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic(), as_web_server():
            connection.cursor().execute(act)


def test_a_page_says_why_nothing_is_drawn_of_a_period_of_which_too_little_is_published() -> None:
    text = page("/en/statistics/persons/?by=citizenship&period=2016..2018")
    said = re.findall(r"<p>(No chart is drawn where [^<]*)</p>", text)
    assert len(said) == 1 and re.search(r"12 of 97 in 2018", said[0]), said
    assert "No chart is drawn" not in page("/en/statistics/persons/?period=2016..2018")
