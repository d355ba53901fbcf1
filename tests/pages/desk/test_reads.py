"""What people read on the desk stands in words on the page of reads."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from pages.desk.frame import visit_of
from pages.desk.reads import READS, write_down
from partners.roles import Right
from tests.callers import Browser
from tests.people.visitors import text

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", ["da", "en"])
def test_every_read_has_words_on_the_page_of_reads(caseworker: Browser, language: str) -> None:
    visit = visit_of(caseworker.get("/send/").wsgi_request, Right.READ)
    for page in READS:
        write_down(visit, page, 3)
    shown = text(caseworker.get("/account/reads/", headers={"Accept-Language": language}))
    with override(language):
        assert [page for page, words in READS.items() if str(words) not in shown] == []
    assert "desk/" not in shown


def test_what_has_no_words_is_not_written_down(caseworker: Browser) -> None:
    with pytest.raises(KeyError):
        write_down(visit_of(caseworker.get("/send/").wsgi_request, Right.READ), "elsewhere", 1)
