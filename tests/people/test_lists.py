"""Lists of the staff: they are filtered by what they offer and by nothing else, and the filters leave the table its width."""

from __future__ import annotations

import html
import re

import pytest
from django.contrib import admin

from tests.callers import Caller
from tests.people.staff_pages import SCREENS, address, every_page
from tests.people.visitors import signed_in, staff

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
        filters = FILTERS.search(answer.content.decode())
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
