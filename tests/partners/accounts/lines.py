"""The access review as somebody reads it: its lines and their cells."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest

from tests.callers import Browser
from tests.people.visitors import strict, text

PAGE, FILE = "/admin/auth/user/review/", "/admin/auth/user/review/file/"
LANGUAGES = pytest.mark.parametrize("language", ["da", "en"])
HEADS = {
    "da": "Hvem Slags Organisation Roller Må Totrinsbekræftelse Oprettet Inviteret eller lavet af Senest logget ind Sidst brugt "
    "Dage uden brug Status",
    "en": "Who Kind Organisation Roles May Second factor Created Invited or made by Last signed in Last used Days idle State",
}


def look(browser: Browser, language: str = "en", state: str = "") -> dict[str, dict[str, str]]:
    """The lines of the page by who they are of, each with its cells by their heads."""
    answer: Any = browser.get(f"{PAGE}?state={state}" if state else PAGE, headers={"Accept-Language": language})
    strict(answer)
    body = text(answer).partition("<tbody>")[2].partition("</tbody>")[0]
    lines = {}
    for line in body.split("</tr>")[:-1]:
        who = plain(re.search(r"<th.*?</th>", line, re.DOTALL)[0])  # type: ignore[index]
        lines[who] = {
            head: plain(cell) for head, cell in re.findall(r'<td data-name="(.*?)">(.*?)</td>', line, re.DOTALL)
        }
    return lines


def plain(cell: str) -> str:
    """A cell without its tags, its lines one after another."""
    return unescape(" ".join(re.sub(r"<[^>]+>", " ", cell).split()))
