"""Lists of the staff: they are filtered by what they offer and by nothing else, and the filters leave the table its width."""

from __future__ import annotations

import html
import re

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.utils import timezone

from oversight.reporting.receipts import signing
from partners.audit import COMMAND
from partners.credentials import register
from partners.models import Secret
from partners.people.models import Invitation
from partners.roles import MemberRole
from partners.staff.naming import day_of
from tests.callers import Caller
from tests.people.own_pages import address
from tests.people.staff_pages import SCREENS, every_page
from tests.people.visitors import invited_by_two, member, signed_in, staff, text
from tests.people.visitors import words as words_of

pytestmark = pytest.mark.django_db
FILTERS = re.compile(r'<search id="changelist-filter".*?</search>', re.DOTALL)
# So many choices of a list are followed: some lists offer a hundred.
OF_EACH = 8


def test_a_list_is_filtered_by_what_it_offers_and_by_nothing_else(ngo: Caller) -> None:
    every_page(ngo.partner)
    boss = signed_in(staff("boss", is_superuser=True))
    asked = 0
    for label, screen in SCREENS.items():
        if type(screen).changelist_view is not admin.ModelAdmin.changelist_view and label == "quality.ruletally":
            continue  # a page of its own
        answer = boss.get(address(label))
        page = answer.content.decode()
        table = page.partition('<table id="result_list">')[2].partition("</table>")[0]
        # A telephone shows each cell in a line of its own, behind the name of its column.
        assert re.findall(r'<td(?! class="[^"]*" data-name="[^"<>]+"| class="action-checkbox")[^>]*>', table) == [], (
            label
        )
        filters = FILTERS.search(page)
        links = re.findall(r'href="\?([^"]*)"', filters[0]) if filters else []
        for link in map(html.unescape, links[:OF_EACH]):
            assert boss.get(f"{address(label)}?{link}").status_code == 200, (label, link)
        fields = [each.name for each in screen.opts.concrete_fields]
        relations = [each.name for each in screen.opts.concrete_fields if each.is_relation]
        for lookup in [f"{name}__startswith" for name in fields] + [f"{name}__id__gt" for name in relations]:
            asked += 1
            assert boss.get(f"{address(label)}?{lookup}=1").status_code == 400, (label, lookup)
    assert asked > 200


def test_filters_stand_in_closed_lines_before_the_table(ngo: Caller) -> None:
    page = signed_in(staff("boss", is_superuser=True)).get("/admin/partners/partner/?kind__exact=NGO").content.decode()
    filters = FILTERS.search(page)
    assert filters and page.index("changelist-filter") < page.index('id="result_list"')
    assert "<details" in filters[0] and " open" not in filters[0]
    assert re.search(r"<summary>Kind: <strong>NGO", filters[0])


def test_an_empty_list_speaks_of_a_choice_only_where_one_was_made(ngo: Caller) -> None:
    office = signed_in(staff("office", "partner_manager"))
    for chosen, words in (
        ("", "There are none."),
        ("?_facets=True", "There are none."),
        ("?o=1&p=0&all=&q=", "There are none."),
        ("?role__exact=READER", "Nothing matches what was chosen."),
        ("?_facets=True&q=ida", "Nothing matches what was chosen."),
    ):
        assert f"<p>{words}</p>" in text(office.get(f"/admin/people/membership/{chosen}")), chosen


def test_people_of_partners_are_found_by_name_with_the_day_of_the_last_sign_in(ngo: Caller, police: Caller) -> None:
    ida = member(ngo.partner, MemberRole.READER, "ida").user
    member(police.partner, MemberRole.READER, "bo")
    User.objects.filter(pk=ida.pk).update(last_login=timezone.now(), first_name="Sørine Holm")
    office = signed_in(staff("office", "partner_manager"))
    for sought in ("ida", "sørine", ngo.partner.name):
        page = text(office.get("/admin/people/membership/", {"q": sought}))
        assert re.findall(r'field-last_login"[^>]*>([^<]*)<', page) == [day_of(timezone.now())]
    assert re.search(r'field-last_login"[^>]*>never<', text(office.get("/admin/people/membership/?q=bo")))


def test_what_can_be_done_about_a_row_is_a_button_on_its_page(ngo: Caller) -> None:
    """It asks as the list does, and whoever may not do it has no button."""
    person = member(ngo.partner, MemberRole.READER, "reader")
    handed = invited_by_two(
        *(staff(name, "partner_manager") for name in ("asker", "approver")), role="READER", partner=ngo.partner
    )
    assert handed
    rows = {
        f"/admin/people/membership/{person.pk}/change/": {"switch_off", "bring_back"},
        f"/admin/people/invitation/{Invitation.objects.get().pk}/change/": {"revoke"},
        f"/admin/partners/secret/{Secret.objects.get(client=ngo.client).pk}/change/": {"revoke", "expire"},
    }
    office, looker = (signed_in(staff(f"one-{role}", role)) for role in ("partner_manager", "auditor"))
    button = re.compile(r'<form class="act"[^>]*action="([^"]+)">.*?name="action" value="(\w+)"', re.DOTALL)
    for path, acts in rows.items():
        offered = button.findall(text(office.get(path)))
        assert {act for _, act in offered} == acts, path
        assert button.findall(text(looker.get(path))) == []
        for lead, act in offered:
            asked = text(office.post(lead, {"action": act, "_selected_action": [path.split("/")[-3]]}))
            assert 'name="sure"' in asked, act
    User.objects.filter(pk=person.user_id).update(is_active=False)
    assert {act for _, act in button.findall(text(office.get(next(iter(rows)))))} == {"switch_on"}


@pytest.mark.parametrize("language", ["da", "en"])
def test_lists_that_a_newcomer_does_not_know_say_what_they_are_of(ngo: Caller, language: str) -> None:
    office = signed_in(staff("office", "partner_manager"))
    register(by=COMMAND, partner=ngo.partner, scopes=[], is_desk=True)
    receipt = signing.sign(member(ngo.partner), 2024)[0]

    def page(path: str) -> str:
        """A page in the language, without its tags."""
        return words_of(office.get(path, headers={"Accept-Language": language}))

    danish = {
        address("partners.client"): ("En klient er et program", "Indberetningssiderne"),
        address("partners.secret"): ("En API-nøgle er den adgangskode",),
        address("organisations.mandate"): ("Med en fuldmagt indberetter", "Ingen partner indberetter for en anden."),
        address("organisations.partnername"): ("Ingen partner har skiftet navn.",),
        address("windows.yearreceipt", f"{receipt.pk}/change/"): (f"2024, {ngo.partner}, nr. 1",),
    }
    english = {
        address("partners.client"): ("A client is a program", "The desk"),
        address("partners.secret"): ("A secret is the password",),
        address("organisations.mandate"): ("With a mandate a partner reports", "No partner reports for another."),
        address("organisations.partnername"): ("No partner has changed its name.",),
        address("windows.yearreceipt", f"{receipt.pk}/change/"): (f"2024, {ngo.partner}, no. 1",),
    }
    wanted = danish if language == "da" else english
    assert [each for path, those in wanted.items() for each in those if each not in page(path)] == []
