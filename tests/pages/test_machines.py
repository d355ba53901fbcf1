"""What search engines, feed readers and finders of weaknesses look for, as each of them reads it."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.test import Client

from stats.models import AUTHORITY, PUBLIC
from tests.stats.published import publish

pytestmark = pytest.mark.django_db
MARCH = datetime(2024, 3, 1, 12, tzinfo=UTC)
ATOM, MAP = "{http://www.w3.org/2005/Atom}", "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.fixture
def published() -> None:
    """The year 2023 for everybody, and a quarter for authorities."""
    publish(PUBLIC, "2023", {"": {"": 100}, "gender": {"F": 60, "M": 40}}, when=MARCH)
    publish(AUTHORITY, "2023-Q1", {"": {"": 31}}, when=MARCH)


def read(path: str) -> str:
    """What everybody reads."""
    answer = Client().get(path)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.usefixtures("published")
def test_every_page_of_the_sitemap_is_there_in_both_languages() -> None:
    found = [each.text or "" for each in ElementTree.fromstring(read("/sitemap.xml")).iter(f"{MAP}loc")]
    assert "http://testserver/da/statistik/persons/?by=gender" in found
    assert "http://testserver/da/udgivelser/2023.p1/" in found
    assert len(found) == len(set(found)) and len(found) % 2 == 0
    assert {Client().get(each.removeprefix("http://testserver")).status_code for each in found} == {200}


def test_robots_find_the_sitemap_and_nothing_of_people() -> None:
    text = read("/robots.txt")
    assert "Sitemap: http://testserver/sitemap.xml" in text and "Disallow: /account/" in text


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize(
    ("path", "title"), [("/da/udgivelser.atom", "nye udgivelser"), ("/en/releases.atom", "new releases")]
)
def test_a_reader_of_feeds_hears_of_releases_for_everybody_alone(path: str, title: str) -> None:
    feed = ElementTree.fromstring(read(path))
    assert title in feed.findtext(f"{ATOM}title", "")
    assert [each.findtext(f"{ATOM}id") for each in feed.iter(f"{ATOM}entry")] == [
        "http://testserver/api/v1/releases/2023.p1"
    ]
    links = [each.get("href", "") for each in feed.iterfind(f"{ATOM}entry/{ATOM}link")]
    assert [Client().get(each.removeprefix("http://testserver"))["Content-Language"] for each in links] == [path[1:3]]
    assert path in read("/da/" if "/da/" in path else "/en/")


def test_weaknesses_are_reported_where_the_centre_says(monkeypatch: pytest.MonkeyPatch) -> None:
    assert Client().get("/.well-known/security.txt").status_code == 404
    monkeypatch.setitem(settings.HENVIS_SITE, "security", "sikkerhed@example.dk")
    contact, expires, _ = read("/.well-known/security.txt").splitlines()
    assert contact == "Contact: mailto:sikkerhed@example.dk"
    assert (
        timedelta()
        < datetime.fromisoformat(expires.removeprefix("Expires: ")) - datetime.now(UTC)
        < timedelta(days=365)
    )


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize("path", ["/da/", "/en/statistics/persons/?by=gender&period=2023"])
def test_a_search_engine_reads_what_a_dataset_is(path: str) -> None:
    (text,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', read(path))
    data = json.loads(text)
    assert data["@type"] == "Dataset" and data["license"].startswith("https://creativecommons.org/")
    assert {
        Client().get(each["contentUrl"].removeprefix("http://testserver")).status_code for each in data["distribution"]
    } == {200}
