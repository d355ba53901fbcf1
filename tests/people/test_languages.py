"""The staff pages speak the reader's language: no text of a Danish page is one of the English page, but what is data."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Mapping
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from django.utils.translation import override

from cases.codelists import CODELISTS
from cases.duplicates import models as of_duplicates
from cases.duplicates.evidence import Reason
from cases.duplicates.models import Decision
from cases.linking import models as of_links
from cases.linking.models import LinkDecisionKind
from core.apps import ROOMS
from core.text import both, one_of, say
from notices.languages import LANGUAGES
from oversight.reporting.models import MonthCompletion
from partners.access.requests import ask_client, ask_invitation
from partners.audit import Actor
from partners.kinds import KIND_WORDS, MODE_WORDS, REPORTING_WORDS, Mode, Reporting
from partners.kinds import Kind as PartnerKind
from partners.models import Partner
from partners.organisations.models import PartnerName
from partners.roles import MEMBER_WORDS, STAFF_ROLES, MemberRole
from stats import choices as of_statistics
from stats.models import AUDIENCES, DECISIONS, STATES, BuildOrder, Release
from tests.callers import Browser, Caller
from tests.notices.world import DANISH
from tests.partners.organisations.world import begin_life
from tests.people.own_pages import decided, own_pages
from tests.people.test_admin_pages import addresses
from tests.people.visitors import Elements
from tests.stats.facts_decided import undecided

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[2]


class Texts(HTMLParser):
    """What a page shows or reads out: its texts, and the attributes that are texts."""

    SHOWN = ("title", "placeholder", "aria-label", "alt", "data-name")

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        self.inside += [tag] if tag in {"script", "style"} else []
        button = tag == "input" and said.get("type") in {"submit", "button"}
        self.found |= {said[name] or "" for name in (*self.SHOWN, *(["value"] if button else [])) if name in said}

    def handle_endtag(self, tag: str) -> None:
        if self.inside and tag == self.inside[-1]:
            self.inside.pop()

    def handle_data(self, data: str) -> None:
        if not self.inside:
            self.found.add(" ".join(data.split()))


# What is the same word in both languages, or a name that is not ours to translate. "Search" is Django's, of an image.
SAME = {
    "administration", "api", "chat", "hash", "invitation", "invitationer", "json", "md5", "ngo", "nigeria", "organisation",
    "partner", "median", "digital post", "e-mail", "mitid", "person", "reference", "region", "salt", "scopes", "search", "test",
    "version", "hotline", "job", "sms", "thai", "tigrinya", "vaccination", "virus",
}  # fmt: skip
# Countries whose names are the same.
COUNTRIES = {
    each.label.en.lower() for each in CODELISTS["citizenship"].codes if each.label.da.lower() == each.label.en.lower()
}
# What is stored: names of things and people, codes of actions and rights, ids, digests, JSON.
STORED = re.compile(
    r"boss|builder|decider|person-\w+|True|False|[\w*]*\*{4,}|[\w-]{32,}|…?[0-9a-f]{4}|(Person )?[0-9a-f]{8}"
    r"|[a-z]+(\.[a-z_]+)+( \S+)?|all|[a-z]+:[a-z]+"
    r"|\{.*\}|null|LIX \d+|(\d+: )?https?://\S+|\d+\. Test(: .*)?|Test \(\d+\)"
)
# What is written in one language, an address among it, and what a language calls itself.
WRITTEN = (
    {"algade", "test test test test test"}
    | {part.strip().lower() for text in DANISH.values() for part in text.split(",")}
    | {each.own.lower() for each in LANGUAGES.values()}
)


def told(text: str) -> set[str]:
    """The parts of a text that ought to be another in another language."""
    if STORED.fullmatch(text):
        return set()
    parts = {re.sub(r"^\d+ | \d+$", "", part).strip(" :()") for part in re.sub(r"NGO \w{8}", "", text).split(",")}
    known = SAME | set(STAFF_ROLES) | COUNTRIES | WRITTEN
    return {
        part
        for part in parts
        if re.search(r"[^\W\d]{2}", part) and not STORED.fullmatch(part) and part.lower() not in known
    }


@pytest.fixture
def pages(boss: Browser, ngo: Caller) -> list[str]:
    """Every page of the staff, with something on it: a list that is empty has no headings."""
    release, by = Release.objects.get(), User.objects.get(username="boss")
    BuildOrder.objects.create(period="2024", audience="public", user=by)
    undecided("2020", by=by, reason="Test test test test test")
    MonthCompletion.objects.create(
        partner=ngo.partner, client=ngo.client, month=date(2025, 1, 1), recorded_at=timezone.now()
    )
    ask_invitation(by=Actor.of(by), role="READER", partner=ngo.partner)
    ask_client(by=Actor.of(by), partner=ngo.partner)
    begin_life(ngo.partner)
    return [*addresses(), *own_pages(decided(ngo.partner), release).values()]


def texts(browser: Browser, path: str, language: str) -> set[str]:
    """The texts of a page."""
    page = Texts()
    page.feed(browser.get(path, headers={"Accept-Language": language}).content.decode())
    return page.found


def test_no_text_of_a_danish_page_is_english(boss: Browser, pages: list[str]) -> None:
    assert len(pages) > 50
    shared = {path: texts(boss, path, "da") & texts(boss, path, "en") for path in pages}
    # What somebody is called is the same in both.
    names = {name for model in (Partner, PartnerName) for name in model.objects.values_list("name", flat=True)}
    names |= set(User.objects.values_list("username", flat=True))
    # Before numbers are taken off: a name may end in one. The longest first: "Other 1" begins "Other 1 renamed".
    named = re.compile("|".join(map(re.escape, sorted(names, key=len, reverse=True))))
    left = {path: set().union(*(told(named.sub("", text)) for text in found)) for path, found in shared.items()}
    assert {path: found for path, found in left.items() if found} == {}


def test_a_member_of_staff_chooses_the_language_in_the_head_of_each_page(boss: Browser) -> None:
    page = "/admin/statistics/release/"
    for language, title in (("da", "udgivelser"), ("en", "releases")):
        head = texts(boss, page, "da")
        other = Elements(boss.get(page, headers={"Accept-Language": "da"}).content.decode()).found
        button = next(said for tag, said in other if tag == "button" and said.get("name") == "language")
        assert {"Dansk", "English"} & head == {"English" if button["value"] == "en" else "Dansk"}
        answer = boss.post("/account/language/", {"language": language, "next": page})
        assert answer.headers["Location"] == page
        kept = answer.cookies["django_language"]
        assert kept["httponly"] and kept["samesite"] == "Lax" and kept["max-age"] > 86_400
        assert any(title in text.lower() for text in texts(boss, page, "da"))


SPOKEN = {
    "LinkRefused", "RightsRefused", "ReleaseRefused", "InvitationRefused", "MemberRefused", "CredentialError", "ValidationError",
    "success", "error", "warning", "carry_out",
}  # fmt: skip
LABELLED = {"description", "label", "help_text", "title", "verbose_name", "violation_error_message"}


def literal(node: ast.expr) -> bool:
    """Whether this is a text in one language. Where nothing is said there is no language."""
    return isinstance(node, ast.JoinedStr) or (
        isinstance(node, ast.Constant) and isinstance(node.value, str) and bool(node.value)
    )


def spoken(call: ast.Call) -> list[ast.expr]:
    """The arguments of a call that staff read."""
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    positional = call.args if name in SPOKEN else call.args[:1] if name == "column" else ()
    return [*positional, *(word.value for word in call.keywords if word.arg in LABELLED)]


@pytest.mark.parametrize(
    "source",
    [
        'column("when", day_of)',
        'self.carry_out(request, act, "Done.", back)',
        'messages.error(request, f"No {row}.")',
        'admin.display(description="when")',
    ],
)
def test_a_text_in_one_language_would_be_found(source: str) -> None:
    call = ast.parse(source, mode="eval").body
    assert isinstance(call, ast.Call) and [each for each in spoken(call) if literal(each)]


def test_what_staff_are_told_is_said_in_both_languages() -> None:
    calls = [
        (path, call)
        for room in ROOMS
        for path in (ROOT / room).rglob("*.py")
        if "migrations" not in path.parts and "management" not in path.parts
        for call in ast.walk(ast.parse(path.read_text()))
        if isinstance(call, ast.Call)
    ]
    assert len(calls) > 2000
    found = [
        f"{path.relative_to(ROOT)}:{part.lineno}" for path, call in calls for part in spoken(call) if literal(part)
    ]
    assert found == []


@pytest.mark.parametrize(
    ("table", "codes"),
    [
        (of_statistics.AUDIENCES, AUDIENCES),
        (of_statistics.FACT_DECISIONS, DECISIONS),
        (of_statistics.ORDER_STATES, STATES),
        (of_duplicates.PAIRS, Decision),
        (of_links.LINKS, LinkDecisionKind),
        (of_duplicates.EVIDENCE, Reason),
        (KIND_WORDS, PartnerKind),
        (MODE_WORDS, Mode),
        (REPORTING_WORDS, Reporting),
        (MEMBER_WORDS, MemberRole),
    ],
)
def test_every_code_has_its_words(table: Mapping[str, tuple[str, str]], codes: Iterable[str]) -> None:
    assert set(table) == set(codes)
    assert all(da and en for da, en in table.values())


def test_a_text_that_is_stored_is_stored_in_both_languages() -> None:
    assert both(say("Ja", "Yes")) == "Ja\nYes"
    assert both("2023.p1") == "2023.p1"
    assert both("two\nlines") == "two lines"


@pytest.mark.parametrize(("language", "words"), [("da", "Ja"), ("en", "Yes")])
def test_a_stored_text_is_shown_in_the_language_of_the_reader(language: str, words: str) -> None:
    with override(language):
        assert one_of(both(say("Ja", "Yes"))) == words
        assert one_of(both("2023.p1")) == "2023.p1"
        assert one_of("") == ""
