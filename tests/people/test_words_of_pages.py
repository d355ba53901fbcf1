"""Every staff page in words: names for ids and user names, no JSON, moments as people read them, one language at a time."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db.models import Value
from django.db.models.functions import Concat

from tests.callers import Browser, Caller
from tests.people.staff_pages import every_page
from tests.people.visitors import signed_in, staff

pytestmark = pytest.mark.django_db
UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
HEADS = re.compile(r"<title>.*?</title>|<h[1-4][^>]*>.*?</h[1-4]>|<ol class=\"breadcrumbs\">.*?</ol>", re.DOTALL)
# Data that a reader unfolds, what scripts and boxes of choices hold, and what was written in both languages to be published.
APART = re.compile(r"<(details|script|style|textarea|option)\b.*?</\1>|<[^>]*\blang=\"..\"[^>]*>.*?</\w+>", re.DOTALL)
JSON = re.compile(r"[{\[]\s*[\"']|\{\}|\bTrue\b|\bFalse\b|^None$")
MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}")
# Words that the other language has not: enough for a sentence, and a label is looked for by its own list.
FOREIGN = {
    "da": re.compile(r"\b(the|and|of|not|with|from|has|this|are|was|were|which|waits?|yes)\b", re.IGNORECASE),
    "en": re.compile(r"[æøåÆØÅ]|\b(og|af|ikke|til|eller|efter|fra|som|der|skal)\b", re.IGNORECASE),
}
# The text of a report is written in both languages, side by side.
BOTH = re.compile(r"/reportdraft/\d+/(gender|publish)/")
# Names of the test's own data, of roles in the code, of publishers, and addresses: they are the same in both languages.
NAMES = re.compile(
    r"https?://\S+|NGO \w+|partner_manager|case_manager|data_protection|U\.S\. Department of State|The Local"
)

USER_NAME = re.compile(r"(?<!Vibeke Lund \()(?<![\w-])[\w-]+_account\b")
# The pages of users, each of whom is found by the user name too.
OF_USERS = "/admin/auth/user/"


def texts(page: str) -> list[str]:
    """What a page says, piece by piece."""
    body = APART.sub(" ", page.partition('<div id="content"')[2].partition("<footer")[0])
    return [" ".join(html.unescape(each).split()) for each in re.split(r"<[^>]+>", body) if each.strip()]


@pytest.fixture
def pages(ngo: Caller) -> list[str]:
    """Every page of the staff, and their first one. Everybody has given a name, and no user name is a word."""
    paths = ["/admin/", *every_page(ngo.partner)]
    User.objects.update(first_name="Vibeke Lund", username=Concat("username", Value("_account")))
    return paths


def shown(browser: Browser, path: str, language: str) -> str | None:
    """A page in a language; None for what the superuser may not do either."""
    answer: Any = browser.get(path, headers={"Accept-Language": language})
    return answer.content.decode() if answer.status_code == 200 else None


@pytest.mark.parametrize("language", ["da", "en"])
def test_every_page_is_in_words(pages: list[str], language: str) -> None:
    boss = signed_in(staff("boss", is_superuser=True, first_name="Vibeke Lund"))
    faults: dict[str, list[str]] = {}
    seen = 0
    for path in pages:
        page = shown(boss, path, language)
        if page is None:
            continue
        seen += 1
        # An id may stand in the address of a crumb, and not in what it says.
        heads = [re.sub(r"<[^>]+>", " ", head) for head in HEADS.findall(page)]
        found = [f"id in a heading: {head}" for head in heads if UUID.search(head)]
        for text in texts(page):
            found += [f"JSON: {text}"] if JSON.search(text) else []
            found += [f"moment: {text}"] if MOMENT.search(text) else []
            is_foreign = not BOTH.search(path) and FOREIGN[language].search(NAMES.sub("", text))
            found += [f"user name alone: {text}"] if USER_NAME.search(text) and OF_USERS not in path else []
            found += [f"other language: {text}"] if is_foreign else []
        faults |= {path: found} if found else {}
    assert seen > 50
    assert faults == {}
