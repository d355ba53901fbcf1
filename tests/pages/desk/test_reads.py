"""What people read on the desk stands in words on the page of reads."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.utils.translation import override

from pages.desk.frame import visit_of
from pages.desk.reads import READS, write_down
from partners import audit
from partners.audit import COMMAND
from partners.credentials import register
from partners.models import Partner
from partners.people.names import rename
from partners.people.partner_clients import desk_client
from partners.roles import Right
from tests.callers import Browser
from tests.pages.tables import rows
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


def test_reads_in_test_mode_are_told_apart_and_people_stand_with_their_names(
    caseworker: Browser, shelter: Partner
) -> None:
    user = User.objects.get(username="mette")
    rename(user, "Mette Holm")
    for partner in (shelter, Partner.objects.get(twin_of=shelter)):
        machine = register(by=COMMAND, partner=partner, scopes=["referrals:write"])
        audit.read(client_id=machine.pk, operation="referrals", rows=1)
        desk = desk_client(by=COMMAND, partner=partner)
        audit.read(client_id=desk.pk, operation="desk/record", rows=1, user_id=user.pk)
    page = text(caseworker.get("/account/reads/"))
    cells = [line[1] for line in rows(page) if len(line) > 3 and line[0] != "Day" and line[0] != "Time"]
    assert len(cells) == 8
    assert len([each for each in cells if each.endswith("(test mode)")]) == 4
    assert [each for each in cells if each.startswith("Mette Holm (mette) (on the desk)")] != []


def test_what_has_no_words_is_not_written_down(caseworker: Browser) -> None:
    with pytest.raises(KeyError):
        write_down(visit_of(caseworker.get("/send/").wsgi_request, Right.READ), "elsewhere", 1)
