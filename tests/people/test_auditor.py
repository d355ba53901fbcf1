"""The auditor's questions: who may what and since when, who did what on a day, who was concerned, and all of it as a file."""

from __future__ import annotations

import html
import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.utils import timezone
from django.utils.translation import override

from partners import audit, roles
from partners.accounts.admin import done_in
from partners.audit import COMMAND, Actor
from partners.people.invitations import accept
from partners.people.rights import OWN, name_of, right_in_words
from partners.roles import STAFF_ROLES, MemberRole
from tests.callers import Browser, Caller
from tests.people.visitors import PASSWORD, invited_by_two, member, signed_in, staff, strict

pytestmark = pytest.mark.django_db
LANGUAGES = pytest.mark.parametrize("language", ["da", "en"])
EVENTS = "/admin/partners/auditevent/"


@pytest.fixture
def auditor(db: None) -> Browser:
    """An auditor's browser."""
    return signed_in(staff("auditor", "auditor"))


def page(browser: Browser, path: str, language: str = "en") -> str:
    """A page without its tags."""
    answer: Any = browser.get(path, headers={"Accept-Language": language})
    assert answer.status_code == 200, path
    strict(answer)
    return html.unescape(answer.content.decode())


def rows(shown: str) -> str:
    """The rows of a list."""
    return shown.partition('id="result_list"')[2].partition("</table>")[0]


def test_every_right_of_a_role_has_words_in_both_languages() -> None:
    held = {each for role in STAFF_ROLES for each in roles.permissions_of(role)}
    own = {name_of(each) for each in held if each.codename.partition("_")[0] not in {"view", "add", "change"}}
    assert own <= set(OWN)
    assert [name for name, words in OWN.items() if words.da == words.en] == []
    assert len({right_in_words(each) for each in held}) == len(held)
    # Behind the verb stands what it is about: a model without names of ours is called in English on both pages.
    about: dict[int, list[str]] = {each.pk: [] for each in held}
    for language in ("da", "en"):
        with override(language):
            for each in held:
                about[each.pk].append(right_in_words(each).partition(" ")[2])
    assert [words for words in about.values() if len({*words}) != 2] == []


@LANGUAGES
def test_a_role_is_told_in_words_with_the_people_who_have_it(auditor: Browser, language: str) -> None:
    staff("ida", "case_manager")
    group = Group.objects.get(name="case_manager")
    shown = page(auditor, f"/admin/auth/group/{group.pk}/change/", language)
    content = shown.partition('<div id="content"')[2]
    assert ("Sagsansvarlig" if language == "da" else "Case manager") in content
    assert "linking." not in content and "case_manager" not in content
    assert ("Sende en henvisning retur" if language == "da" else "Return a referral") in content
    assert f"/admin/auth/user/{User.objects.get(username='ida').pk}/change/" in content
    listed = rows(page(auditor, "/admin/auth/group/", language))
    assert "case_manager" not in listed


@LANGUAGES
def test_an_account_says_what_it_may_since_when_and_by_whom(auditor: Browser, language: str) -> None:
    boss, other = (staff(name, is_superuser=True) for name in ("boss", "other"))
    ida = accept(username="ida", password=PASSWORD, **invited_by_two(boss, other, role="statistician"))
    form = {"is_active": "on", "is_staff": "on", "groups": [str(Group.objects.get(name="approver").pk)]}
    assert signed_in(boss).post(f"/admin/auth/user/{ida.pk}/change/", form).status_code == 302
    shown = page(auditor, f"/admin/auth/user/{ida.pk}/change/", language)
    if language == "da":
        assert "invitation til rollen Statistiker brugt; boss bad om den, other godkendte" in shown
        assert "Brugers roller ændret (roller: Godkender), af boss" in shown
        assert "Udgive og trække udgivelser tilbage" in shown
    else:
        assert "invitation to the role Statistician used; boss asked for it, other approved" in shown
        assert "Roles of a user changed (roles: Approver), by boss" in shown
        assert "Publish and withdraw releases" in shown
    content = shown.partition('<div id="content"')[2]
    # Nothing tells whoever only reads what to fill in.
    assert 'class="help"' not in content and "statistics." not in content
    assert f"{EVENTS}?who={ida.pk}" in content and f"{EVENTS}?about={ida.pk}" in content
    month = timezone.localdate()
    way = f"{EVENTS}?who={ida.pk}&at__year={month.year}&at__month={month.month}"
    with override(language):
        assert f'<a href="{way}">{done_in(timezone.localtime())}</a>' in content
    assert "ida" in rows(page(auditor, way, language))


def test_who_could_see_records_on_a_day(auditor: Browser, ngo: Caller) -> None:
    boss, other = (staff(name, is_superuser=True) for name in ("boss", "other"))
    ida = accept(username="ida", password=PASSWORD, **invited_by_two(boss, other, role="case_manager"))
    nina = accept(username="nina", password=PASSWORD, **invited_by_two(boss, other, role="data_protection"))
    reader = member(ngo.partner, MemberRole.READER, "reader").user
    month_ago = timezone.now() - timedelta(days=30)
    audit.record(by=Actor.of(boss), action="person.roles", subject=str(ida.pk), roles=["approver"])
    User.objects.filter(pk__in=[boss.pk, other.pk, reader.pk]).update(date_joined=month_ago)
    today = timezone.localdate().isoformat()

    def of(name: str, day: str = today) -> str:
        """The row of an account."""
        shown = page(auditor, f"/admin/auth/user/on-day/?day={day}")
        found = re.search(rf'<tr><th scope="row"><a [^>]+>{name}</a></th>.*?</tr>', shown, re.DOTALL)
        return re.sub(r"<[^>]+>", " ", found[0]) if found else ""

    assert "Approver" in of("ida") and " no " in of("ida") and "boss" in of("ida")
    audit.record(by=COMMAND, action="person.on", subject=str(ida.pk))
    assert "Superuser" in of("boss") and " yes " in of("boss") and "Not in the audit" in of("boss")
    assert nina.is_staff and "boss, other" in of("nina") and " yes " in of("nina")
    assert "Reader" in of("reader") and " yes , the partner's own" in of("reader") and ngo.partner.name in of("reader")
    assert "The centre" in of("nina") and "own" not in of("nina")
    aaron = member(ngo.partner, MemberRole.READER, "aaron").user
    told = page(auditor, f"/admin/auth/user/on-day/?day={today}")
    assert -1 < told.index(">nina</a>") < told.index(f">{aaron}</a>") < told.index(">reader</a>")
    ways = re.findall(r'href="(/admin/partners/[^"]+\?[^"]+)"', page(auditor, f"/admin/auth/user/on-day/?day={today}"))
    assert (
        len(ways) == 2
        and "action=looks" in ways[0]
        and all(auditor.get(html.unescape(way)).status_code == 200 for way in ways)
    )
    before = (timezone.localdate() - timedelta(days=3)).isoformat()
    assert of("ida", before) == "" and "Superuser" in of("boss", before)
    for wrong in ("x", (timezone.localdate() + timedelta(days=1)).isoformat()):
        shown = page(auditor, f"/admin/auth/user/on-day/?day={wrong}")
        assert "errorlist" in shown and "<tbody>" not in shown
    assert "/admin/auth/user/on-day/" in page(auditor, "/admin/")


@LANGUAGES
def test_an_event_reads_as_a_sentence_and_nothing_in_it_is_a_code(auditor: Browser, ngo: Caller, language: str) -> None:
    ida = staff("ida", "partner_manager")
    audit.record(by=Actor.of(ida), action="secret.revoke", subject=ngo.client.client_id, secret="x")
    handed = invited_by_two(ida, staff("other", "partner_manager"), role="READER", partner=ngo.partner)
    assert handed
    audit.record(by=COMMAND, action="person.off", subject=str(ida.pk))
    listed = re.sub(r"<[^>]+>", " ", rows(page(auditor, EVENTS, language)))
    client = f"{ngo.partner}: {ngo.client.name or ngo.client.client_id}"
    if language == "da":
        wanted = [f"API-nøgle trukket tilbage: {client}", f"Adgang anmodet om: Invitation: {ngo.partner} Læser"]
        wanted += ["en kommando på serveren", "Brugers adgang lukket: ida"]
    else:
        wanted = [f"Secret revoked: {client}", f"Access requested: Invitation: {ngo.partner} Reader"]
        wanted += ["a command on the server", "User switched off: ida"]
    assert [each for each in wanted if each not in listed] == []


@LANGUAGES
def test_months_days_moments_and_scopes_in_an_event_are_as_people_read_them(
    auditor: Browser, ngo: Caller, language: str
) -> None:
    detail = {"since": "2026-03-02", "until": "2026-04", "as_of": "2026-05-06T07:08:09+02:00", "year": "2026"}
    audit.record(by=COMMAND, action="client.add", subject=ngo.client.client_id, scopes=["referrals:read"], **detail)
    listed = rows(page(auditor, f"{EVENTS}?action=client.add", language))
    danish = ["2. marts 2026", "april 2026", "6. maj 2026 kl. 07.08", "Læse egne henvisninger"]
    english = ["2 Mar 2026", "April 2026", "6 May 2026, 07:08", "Read own referrals"]
    assert [each for each in (danish if language == "da" else english) if each not in listed] == []
    assert "referrals:read" not in listed


def test_the_audit_is_asked_by_day_person_account_and_partner(auditor: Browser, ngo: Caller, other_ngo: Caller) -> None:
    ida = staff("ida")
    audit.record(by=Actor.of(ida), action="partner.change", subject=str(ngo.partner.pk), active=True)
    audit.record(by=COMMAND, action="access.ask", subject="x", partner=str(ngo.partner.pk))
    audit.record(by=COMMAND, action="person.off", subject=str(ida.pk))
    audit.record(by=COMMAND, action="partner.change", subject=str(other_ngo.partner.pk), active=True)
    of_ngo = rows(page(auditor, f"{EVENTS}?partner={ngo.partner.pk}"))
    assert ngo.partner.name in of_ngo and "Access requested" in of_ngo and other_ngo.partner.name not in of_ngo
    about = rows(page(auditor, f"{EVENTS}?about={ida.pk}"))
    assert "User switched off" in about and "Partner changed" not in about
    now = timezone.localtime()
    of_today = f"{EVENTS}?at__year={now.year}&at__month={now.month}&at__day={now.day}"
    assert "User switched off" in rows(page(auditor, of_today))
    assert rows(page(auditor, of_today.replace(f"year={now.year}", f"year={now.year - 1}"))) == ""


def test_the_looks_at_a_partner_are_one_click_from_its_page(auditor: Browser, ngo: Caller) -> None:
    shown = page(auditor, f"/admin/partners/partner/{ngo.partner.pk}/change/")
    for path in (
        f"/admin/quality/desklook/?partner__id__exact={ngo.partner.pk}",
        f"{EVENTS}?partner={ngo.partner.pk}",
        f"/admin/partners/recordread/?partner={ngo.partner.pk}",
    ):
        assert f'href="{path}"' in shown
        assert auditor.get(path).status_code == 200


def test_reads_are_filtered_by_the_partner_that_read(auditor: Browser, ngo: Caller, other_ngo: Caller) -> None:
    for caller in (ngo, other_ngo):
        audit.read(client_id=caller.client.pk, operation="listReferrals", rows=3)
    reads = "/admin/partners/recordread/"
    assert ngo.partner.name in rows(page(auditor, reads)) and other_ngo.partner.name in rows(page(auditor, reads))
    of_one = rows(page(auditor, f"{reads}?partner={ngo.partner.pk}"))
    assert ngo.partner.name in of_one and other_ngo.partner.name not in of_one
    for unknown in ("x", "0" * 32):
        assert ngo.partner.name in rows(page(auditor, f"{reads}?partner={unknown}"))
