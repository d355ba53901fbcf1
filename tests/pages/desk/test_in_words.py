"""Every page that a person of a partner meets, in words: no code, no id, no ISO period, and no word of the other language."""

from __future__ import annotations

import html
import re
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from partners.audit import COMMAND
from partners.models import Partner
from partners.organisations.names import add_twin
from partners.roles import MemberRole
from stats.models import PUBLIC
from tests.callers import Browser, Caller
from tests.cases.windows.world import LAST_YEAR, TOMORROW, expected, set_window
from tests.notices.world import create, make_public
from tests.oversight.returns.world import send_back
from tests.pages.desk.conftest import at
from tests.pages.desk.sending import checked, rows
from tests.people.test_words_of_pages import FOREIGN
from tests.stats.published import publish

pytestmark = pytest.mark.django_db
ISO = re.compile(r"\b20\d\d-(Q\d|\d\d)\b")
CODE = re.compile(r"\b[A-Z][A-Z0-9]*_[A-Z0-9_]+\b|\b[a-z]+_[a-z_]+\b|\b[a-z]+:[a-z]+\b")
# What scripts hold, and what stands there in the other language for whoever reads that.
APART = re.compile(r"<(script|style|code)\b.*?</\1>|<[^>]*\blang=\"..\"[^>]*>.*?</\w+>", re.DOTALL)
# Names of places that are the same in both languages.
PLACES = {"Isle of Man", "Åland Islands"}
UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-")
PAGES = (
    "/send/", "/send/test/", "/send/file/", "/send/test/file/", "/send/file/columns/", "/send/deliveries/", "/send/one/",
    "/send/records/", "/send/returned/", "/send/notices/", "/send/services/",
    "/send/records/", "/send/returned/", "/send/counts/", "/send/test/counts/",
    "/send/counts/OUTREACH/2025-03/", "/send/counts/JUSTICE/2024/",
    "/send/figures/", "/send/figures/?rows=gender&columns=referred_in.quarter",
    "/send/year/", f"/send/year/{LAST_YEAR}/", f"/send/year/{LAST_YEAR + 1}/", "/send/feedback/",
    f"/send/feedback/{LAST_YEAR}/", "/send/looks/", "/account/", "/account/secrets/", "/account/people/", "/account/agreement/",
    "/account/mandates/", "/account/reads/", "/account/mail/",
)  # fmt: skip
LINKS = re.compile(r'href="(/send/(?:test/)?(?:record|returned|notices|deliveries|year)/[^"#?]+/)"')


@pytest.fixture(autouse=True)
def place(settings: Any, tmp_path: Path) -> None:
    """A spool of the test's own."""
    settings.HENVIS_SPOOL = tmp_path / "spool"


@pytest.fixture
def partner(ngo: Caller) -> Partner:
    """A partner with something on each page."""
    expected(ngo)
    set_window(ngo.partner, new_until=TOMORROW, corrections_until=TOMORROW)
    add_twin(by=COMMAND, partner=ngo.partner)
    for number in (3, 4):
        path, _ = ngo.referral(referred_in=f"{LAST_YEAR}-{number:02d}", consent="GIVEN")
    send_back(path, reason_code="WRONG_MONTH", field="referred_in", days=-1)
    ngo.post(f"{ngo.referral()[0]}/withdrawal", {"reason_code": "DUPLICATE"})
    make_public(create(), "da", "en")
    ngo.put("/api/v1/services/DROP_IN/DK01", {"state_code": "LIMITED"})
    publish(PUBLIC, str(LAST_YEAR), {"": {"": 70}}, vintage=1, as_of=timezone.now())
    browser = at(ngo.partner, MemberRole.CASEWORKER, "mette")
    checked(browser, rows({}, {"gender": "Q"}, {"age_band": "Y0T17", "sector": "SEX"}))
    browser.sure(f"{checked(browser, rows({}))}send/", {"act": "strict"})
    return ngo.partner


def texts(page: str) -> list[str]:
    """What a page says, piece by piece: its menu and choices too."""
    body = APART.sub(" ", page[page.index("<body") :])
    return [" ".join(html.unescape(each).split()) for each in re.split(r"<[^>]+>", body) if each.strip()]


def reached(browser: Browser) -> dict[str, str]:
    """Every page that a person reaches, by its address."""
    pages: dict[str, str] = {}
    waiting = list(PAGES)
    while waiting:
        address = waiting.pop()
        answer = browser.get(address)
        if address in pages or answer.status_code == 403:
            continue
        assert answer.status_code == 200, (address, answer.status_code)
        pages[address] = answer.content.decode()
        waiting += LINKS.findall(pages[address])
    return pages


@pytest.mark.parametrize("role", list(MemberRole))
def test_every_page_is_in_words(partner: Partner, role: MemberRole) -> None:
    browser = at(partner, role)
    for language, foreign in FOREIGN.items():
        browser.post("/account/language/", {"language": language, "next": "/send/"})
        faults = {
            (address, said)
            for address, page in reached(browser).items()
            for said in {*texts(page)} - PLACES
            if any(wrong.search(said) for wrong in (ISO, CODE, UUID, foreign))
        }
        assert not faults
