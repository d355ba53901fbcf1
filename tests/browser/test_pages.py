"""Every page that the people of the demo, and nobody in particular, are led to: what is wrong with it, and each of its forms sent.

The modules run in the order of their names, and this one last but for signing in: sent forms leave their traces in the data.
"""

from __future__ import annotations

from typing import Any

import pytest

from cases.services.forms import FORMS
from deploy.demo import household as demo_people
from tests.browser.conftest import Stage

pytestmark = pytest.mark.browser
OPEN = ["/docs/", "/docs/reference/", "/docs/try/", "/problems/", "/account/login/", "/account/invitation/"]
# The manager first: whom staff have switched off, staff alone switch on. The superuser last: who is on the lists has walked then.
WHO = [None, demo_people.MANAGER, *demo_people.STAFF, demo_people.ADMIN]
# Where one begins, and below which addresses links are followed: everybody else of staff in the admin. On the desk test mode comes
# first, which has the deliveries that an earlier walk sent; the calendar and the feedback are of live mode.
DOORS: dict[str | None, tuple[list[str], list[str]]] = {
    None: (OPEN, ["/account/", "/docs/", "/problems/"]),
    demo_people.MANAGER: (["/send/test/", "/send/", "/send/feedback/", "/account/"], ["/send/", "/account/"]),
}
STAFF_DOORS = (["/account/"], ["/account/", "/admin/"])
# Forms that are sent by a walk of their own.
ELSEWHERE = {
    "POST /send/file/": "desk_file",
    "POST /send/file/empty/": "desk_file",
    # Refused with 400 while it is empty, as its own tests say.
    "POST /account/mandates/give/": "organisations",
    # The list's act, which is sent before it, ends the secret, whose page then offers nothing; what it sends has tests of its own.
    "POST /admin/partners/secret/ action": "forms",
    # So is a sheet of counts without a sheet.
    **{f"POST /send/counts/{form}/file/": "counts" for form in FORMS},
    "POST /account/logout/": "sign_in",
    "POST /account/login/passkey/ script": "passkey",
    "POST /account/factors/passkey/ script": "passkey",
}
REFUSED = 409


@pytest.fixture(scope="session")
def pages(stage: Stage) -> dict[str | None, Any]:
    """Of each person the pages by their kinds: where, with which status, forms and faults.

    A page of a kind that somebody before was shown is not looked at again, but for the first pages, which are each person's own.
    """
    *others, last = [
        dict(zip(("who", "starts", "within"), (who, *DOORS.get(who, STAFF_DOORS)), strict=True)) for who in WHO
    ]
    looked: set[str] = set()
    found: dict[str | None, Any] = {}
    for crowd in (others, [last]):
        for who, shown in stage.walk("crawl", crowd=crowd, looked=sorted(looked)).items():
            found[who or None] = shown
            looked.update(shown)
    return found


@pytest.mark.parametrize("who", WHO)
def test_no_page_has_a_fault_in_either_language(pages: dict[str | None, Any], who: str | None) -> None:
    assert {kind: page["faults"] for kind, page in pages[who].items() if page["faults"]} == {}
    assert len(pages[who]) > 5


def is_elsewhere(kind: str) -> bool:
    """Whether a walk of its own sends this form, by whichever button."""
    return any(kind == each or kind.startswith(f"{each} ") for each in ELSEWHERE)


def test_every_kind_of_form_is_sent_and_taken(stage: Stage, pages: dict[str | None, Any]) -> None:
    sent: dict[str, Any] = {}
    looked = sorted({kind for shown in pages.values() for kind in shown})
    for who in WHO:
        shown = {form["kind"]: page["at"] for page in pages[who].values() for form in page["forms"]}
        asked = [{"kind": kind, "at": at} for kind, at in shown.items() if not is_elsewhere(kind)]
        sent |= stage.walk("forms", who=who, forms=asked, known=[*sent], looked=looked, elsewhere=[*ELSEWHERE])
        assert {kind for kind in shown if not is_elsewhere(kind)} <= {*sent}
    assert {kind: answer for kind, answer in sent.items() if answer["status"] not in {200, REFUSED}} == {}
    assert {kind: answer["faults"] for kind, answer in sent.items() if answer["faults"]} == {}
    assert len(sent) > 50
