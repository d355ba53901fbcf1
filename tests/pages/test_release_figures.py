"""The page of a release of others' figures: whose they are, and what computed ones are made of; and the addresses from before."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from tests.pages.test_public import page

pytestmark = pytest.mark.django_db


def test_figures_that_are_computed_are_computed_on_the_page_with_links_to_those_they_are_made_of() -> None:
    text = page("/en/releases/2024.x1/")
    assert "total, 2024: 78 = 420 (total, 2020–2024, " in text
    found = re.findall(r" − (\d+) \(total, (\d+), <a href=\"/en/releases/([^/]*)/\">", text)
    assert found == [
        ("77", "2020", "2020.x2"),
        ("80", "2021", "2021.x2"),
        ("73", "2022", "2022.x2"),
        ("112", "2023", "2023.x1"),
    ]


def test_figures_of_others_are_theirs_and_are_cited_with_the_address_of_the_page() -> None:
    text = page("/da/udgivelser/2007.x1/")
    assert "The Local (2016), gengivet af centret." in text and "http://testserver/da/udgivelser/2007.x1/" in text


def test_the_danish_addresses_from_before_lead_to_those_of_now() -> None:
    for rest in ("", "2007.x1/", "2007.x1/?x=1", "2007.x1/%0D%0AX/"):
        led = Client().get(f"/da/udgaver/{rest}")
        if "%0A" not in rest:
            assert (led.status_code, led["Location"]) == (301, f"/da/udgivelser/{rest}")
        assert "X" not in led.headers
    assert Client().post("/da/udgaver/").status_code == 405
