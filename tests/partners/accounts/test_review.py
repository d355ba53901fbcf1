"""The access review: who may do what and when it was last used, as page and as file, for each reader what that one may see."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from partners import credentials
from partners.accounts import review
from partners.audit import COMMAND
from partners.models import Client, Secret
from partners.people import sessions
from partners.people.models import WebSession
from partners.people.partner_clients import desk_client
from partners.roles import MemberRole
from tests.callers import Browser, Caller
from tests.mail.boxes import give_address
from tests.partners.accounts.lines import FILE, HEADS, LANGUAGES, PAGE, look
from tests.partners.accounts.world import PEOPLE, day, in_days, night, unused
from tests.people.visitors import PASSWORD, member, signed_in, staff, text, words

pytestmark = pytest.mark.django_db


@LANGUAGES
def test_the_page_has_every_column_in_the_readers_language(karen: User, language: str) -> None:
    answer = signed_in(staff("a", "auditor")).get(PAGE, headers={"Accept-Language": language})
    assert "no-store" in answer["Cache-Control"]
    assert HEADS[language] in words(answer)
    other = HEADS["en" if language == "da" else "da"].split()
    assert not {*other} & {*re.findall(r'data-name="(\w+)"', text(answer))} - {"Organisation", "Status"}


@LANGUAGES
def test_an_account_of_a_partner(karen: User, ngo: Caller, language: str) -> None:
    line = look(signed_in(staff("a", "auditor")), language)["karen"]
    own = {
        "da": ("konto", "Sagsbehandler", "Sender, retter", "ja", "aldrig", "åben"),
        "en": ("account", "Caseworker", "Sends, corrects", "yes", "never", "on"),
    }[language]
    kind, role, permits, factor, signed, state = list(line.values())[0:1] + [
        list(line.values())[each] for each in (2, 3, 4, 7, 10)
    ]
    assert (kind, role, factor, signed, state) == (own[0], own[1], own[3], own[4], own[5])
    assert permits.startswith(own[2])
    assert list(line.values())[1] == ngo.partner.name
    assert list(line.values())[6] == "lena"
    # Never used is no use that is known.
    assert list(line.values())[8:10] == ["–", "0"]


@LANGUAGES
def test_an_account_of_staff(language: str) -> None:
    who = staff("a", "auditor", "case_manager")
    line = list(look(signed_in(who), language)["a"].values())
    own = {
        "da": ("centret", "Revisor Sagsansvarlig", "nej", "en kommando på serveren"),
        "en": ("the centre", "Auditor Case manager", "no", "a command on the server"),
    }[language]
    assert (line[1], line[2], line[4], line[6]) == own


def test_a_superuser_may_everything_and_the_page_says_so(db: None) -> None:
    line = look(signed_in(staff("boss", is_superuser=True)))["boss"]
    assert (line["Roles"], line["May"]) == ("Superuser", "Has every permission, whatever the roles.")


def test_last_use_is_the_last_request_of_a_session_and_then_the_sign_in(karen: User) -> None:
    reader = signed_in(staff("a", "auditor"))
    signed_in(karen)
    later = timezone.now() + timedelta(minutes=7)
    WebSession.objects.filter(user=karen).update(seen_at=later)
    [row] = [each for each in review.account_rows(timezone.now(), sees_all=True) if each.name == "karen"]
    assert row.used_at == later
    sessions.end(karen.pk)
    karen.refresh_from_db()
    [row] = [each for each in review.account_rows(timezone.now(), sees_all=True) if each.name == "karen"]
    assert row.used_at == karen.last_login
    assert look(reader)["karen"]["Days idle"] == "0"


def test_who_has_given_a_password_alone_has_used_nothing(karen: User) -> None:
    Browser().post("/account/login/", {"login": "karen", "password": PASSWORD})
    assert WebSession.objects.filter(user=karen).exists()
    [row] = [each for each in review.account_rows(timezone.now(), sees_all=True) if each.name == "karen"]
    assert row.used_at is None


@LANGUAGES
def test_how_an_account_stands_from_the_warning_to_the_end(karen: User, language: str) -> None:
    reader = signed_in(staff("a", "auditor"))
    unused(karen, PEOPLE[0])
    assert look(reader, language, "idle").keys() == {"karen"} and not look(reader, language, "warned")
    night(mail=False)
    assert (
        list(look(reader, language)["karen"].values())[-1]
        == {"da": "åben; varsles", "en": "on; is being warned"}[language]
    )
    night()
    [line] = look(reader, language, "warned").values()
    assert re.match(
        {"da": r"åben; varslet \d.* lukkes \d", "en": r"on; warned on \d.* off on \d"}[language], [*line.values()][-1]
    )
    assert [*line.values()][-2] == str(PEOPLE[0])
    night(PEOPLE[1] - PEOPLE[0])
    line = look(reader, language, "off")["karen"]
    assert re.match(
        {"da": r"lukket \d.* af en regel", "en": r"off since \d.* by a rule"}[language], [*line.values()][-1]
    )
    assert not look(reader, language, "idle")


def test_whom_the_rule_leaves_to_staff_stands_there_with_the_reason(ngo: Caller, mail_on: Any) -> None:
    lena = unused(member(ngo.partner, MemberRole.MANAGER, "lena").user, PEOPLE[1])
    give_address(lena)
    manager = signed_in(staff("pm", "partner_manager"))
    assert look(manager, state="left")["lena"]["State"] == "on; not used for long, the partner's only manager"
    home = words(manager.get("/admin/"))
    assert "An account was not used for long, and the rule does not switch it off" in home
    assert "the partner's only manager; not signed in since" in home
    membership = lena.membership
    assert f"/admin/people/membership/{membership.pk}/change/" in text(manager.get("/admin/"))
    # One whom the rule has not reached yet waits for nobody.
    unused(lena, PEOPLE[1] - 1)
    assert "was not used for long" not in words(manager.get("/admin/"))


def test_accounts_of_staff_wait_for_a_superuser_alone(mail_on: Any) -> None:
    unused(staff("otto", "statistician"), PEOPLE[1])
    unused(staff("rare", is_superuser=True), 0)
    assert "otto" not in words(signed_in(staff("pm", "partner_manager")).get("/admin/"))
    assert "otto : no mail can warn the person" in words(signed_in(staff("boss", is_superuser=True)).get("/admin/"))


def test_a_secret_says_what_it_permits_and_when_it_was_used(ngo: Caller) -> None:
    secret = Secret.objects.get(client=ngo.principal.client_pk)
    Secret.objects.filter(pk=secret.pk).update(last_used_at=in_days(-3))
    [(who, line)] = [
        each for each in look(signed_in(staff("a", "auditor")), state="secrets").items() if str(secret) in each[0]
    ]
    assert who.startswith(ngo.partner.name)
    assert (line["Kind"], line["Organisation"], line["Days idle"]) == ("secret", ngo.partner.name, "3")
    assert "Submit, correct and withdraw own referrals Read own referrals" in line["May"]
    assert (line["Roles"], line["Second factor"], line["Last signed in"]) == ("–", "–", "–")
    assert line["Invited or made by"] == "a command on the server"
    assert line["State"].startswith("live until")


def test_a_client_without_a_live_secret_is_there_and_the_desk_is_not(ngo: Caller) -> None:
    credentials.revoke(by=COMMAND, secret=Secret.objects.get(client=ngo.principal.client_pk))
    desk_client(by=COMMAND, partner=ngo.partner)
    shown = look(signed_in(staff("a", "auditor")), state="secrets")
    states = [line["State"] for line in shown.values()]
    assert "no live secret" in states
    assert len(shown) == Client.objects.filter(is_desk=False).count()
    [line] = [each for each in shown.values() if each["State"] == "no live secret"]
    assert (line["Last used"], line["Days idle"]) == ("–", "–")


def test_an_unused_secret_is_idle_as_an_account_is(ngo: Caller) -> None:
    reader = signed_in(staff("a", "auditor"))
    Secret.objects.update(created_at=in_days(-PEOPLE[0] + 1), expires_at=in_days(30))
    assert not look(reader, state="idle")
    Secret.objects.update(created_at=in_days(-PEOPLE[0]))
    assert look(reader, state="idle")


# Who reads what: of staff and of partners, with second factors or without.
@pytest.mark.parametrize(
    ("role", "sees"),
    [
        ("auditor", "all"),
        ("data_protection", "all"),
        ("superuser", "all"),
        ("partner_manager", "of partners"),
        *((role, "") for role in ("statistician", "approver", "case_manager")),
    ],
)
def test_each_role_sees_as_much_of_it_as_of_accounts(karen: User, role: str, sees: str) -> None:
    staff("colleague", "case_manager")
    boss = role == "superuser"
    browser = signed_in(staff("reader", None if boss else role, is_superuser=boss))
    answers = [browser.get(PAGE), browser.get(FILE), browser.post(FILE, {"format": "csv"})]
    assert [each.status_code for each in answers] == [200 if sees else 403] * 3
    home = text(browser.get("/admin/"))
    assert (PAGE in home) is bool(sees)
    if sees:
        lines = look(browser)
        assert ("colleague" in lines) is ("reader" in lines) is (sees == "all")
        assert ("Second factor" in lines["karen"]) is (sees == "all")
        shown = answers[2].content.decode()
        assert ("Second factor" in shown) is ("colleague" in shown) is (sees == "all")


def test_people_of_partners_see_none_of_it(karen: User) -> None:
    assert signed_in(karen).get(PAGE).status_code in {302, 403}


def test_an_unknown_state_is_no_filter(karen: User) -> None:
    reader = signed_in(staff("a", "auditor"))
    assert look(reader, state="nonsense%22%3E") == look(reader)


def test_its_statements_do_not_grow_with_the_accounts(karen: User, ngo: Caller) -> None:
    def statements() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            review.rows_for(reader, timezone.now())
        return len(asked)

    reader = staff("boss", is_superuser=True)
    before = statements()
    for name in ("x", "y", "z"):
        give_address(member(ngo.partner, MemberRole.READER, name).user)
        staff(f"of-staff-{name}", "auditor")
    assert statements() == before <= 14


def test_days_are_those_of_copenhagen(karen: User) -> None:
    unused(karen, 5)
    [row] = [each for each in review.account_rows(in_days(0), sees_all=True) if each.name == "karen"]
    assert (row.idle_days, day(-5)) == (5, timezone.localdate(row.used_at).isoformat())
