"""Addresses of services, as rows that the web server's role writes by itself: what is none, and how one goes.

Of `henvis_check_service_status`, `henvis_empty_addresses` and `henvis_take_address_down`.
"""

from __future__ import annotations

from typing import Any

import pytest
from django.db import DatabaseError, transaction
from psycopg.errors import CheckViolation

from notices.models import ServiceStatus
from notices.status import as_address
from partners.models import Partner
from tests.callers import Caller, as_web_server, make_caller
from tests.notices import world
from tests.sql.calls import refusal, rows, violation, web_value
from tests.sql.test_notices import outsiders, store

pytestmark = pytest.mark.django_db
ADDRESSES = (
    "Vesterbrogade 12, 1620 København V",
    "Nørrebrogade 45, 2. tv., 2200 København N",
    "Postboks 1234, 8000 Aarhus C",
    "Nørregade 112-114, 2100 København Ø",
    "Vej 12, 14, 16, 2100 By",
    "Østergade 12 14, 4000 Roskilde",
    "Store Kongensgade 1–3 (gården), 1264 København K",
    "Torvet 20-22, 24-26, 5000 Odense",
    "Ringvejen 3, Telefontorvet 5, Mobilgade 7, 2100 By",
    "Café Ærø, Strandvejen 203B, st. th., DK-2900 Hellerup",
    "H.C. Andersens Boulevard 27",
    "",
)
NO_ADDRESSES = (
    *(
        "70202550",
        "70 20 25 50",
        "7020 2550",
        "702-025-50",
        "70.20.25.50",
        "12/34/56/78",
        "(70) 20:25_50",
        "70–20•25–50",
    ),
    *(
        "70, 20, 25, 50",
        "70,20,25,50, 2100 By",
        "7020, 2550",
        "702, 025, 50",
        "+45 70 20 25 50",
        "+4570202550",
        "0045 7020 2550",
    ),
    *("Algade 1, 4000 Roskilde, 70 20 25 50", "Algade 1, tlf. 70202550, 4000 Roskilde", "+298 12 34"),
    *("٧٠٢٠٢٥٥٠", "۷۰ ۲۰ ۲۵ ۵۰", "๗๐ ๒๐ ๒๕ ๕๐", "７０ ２０ ２５ ５０", "፸ ፳", "⑦⓪②⓪②⑤⑤⓪"),
    *(
        "Tlf. 2030 ring 4050",
        "ring 20 30 og 40 50",
        "Algade 1, RING 20 30 og 40 50",
        "telefonnr 2030 og 4050",
        "mobil2030",
    ),
    *(
        "Anes mail er ane(a)mail.dk",
        "ane(A)firma.fi",
        "email Ane",
        "www.hemmelig.dk/x",
        "hemmelig.dk/x",
        "https://x",
        "c/o Ane, Vej 1",
    ),
    *("010190-1234", "01 01 90-1234", "ane@example.org", "Algade 1\n4000 Roskilde", "Algade 1\u200b, 4000 Roskilde"),
)


def own(caller: Caller, region: str = "DK01", address: str = "", **columns: Any) -> ServiceStatus:
    """A shelter of a partner's is open."""
    row = {"place": "SHELTER", "region": region, "state": "OPEN", "address": address, **columns}
    return store(ServiceStatus, **row, partner=caller.partner, client=caller.client)


def test_an_address_has_no_number_of_a_person_and_no_telephone_however_it_is_written() -> None:
    ngo = make_caller("NGO")
    for address in ADDRESSES:
        assert as_address(f" {address}\xa0") == own(ngo, address=address).address == address
    for address in NO_ADDRESSES:
        assert as_address(address) is None, address
        with violation(CheckViolation):
            own(ngo, address=address)


def test_what_a_partner_says_of_a_service_takes_the_address_of_what_it_said_before() -> None:
    ngo, other_ngo = make_caller("NGO"), make_caller("NGO")
    for caller in (ngo, other_ngo):
        own(caller, "DK01", "Algade 1")
        own(caller, "DK02", "Algade 1")
    last = own(ngo, address_taken_by=world.writer())
    rows_kept = [*ServiceStatus.objects.values_list("partner", "region", "address", "state").order_by("id")]
    one, other = ngo.partner.pk, other_ngo.partner.pk
    assert rows_kept == [
        (one, "DK01", "", "OPEN"),
        (one, "DK02", "Algade 1", "OPEN"),
        (other, "DK01", "Algade 1", "OPEN"),
        (other, "DK02", "Algade 1", "OPEN"),
        (one, "DK01", "", "OPEN"),
    ]
    last.refresh_from_db()
    assert last.address_taken_by is None
    # The door is shut again, and the web server's role has no key to it.
    with violation():
        ServiceStatus.objects.update(address="")
    with pytest.raises(DatabaseError), transaction.atomic(), as_web_server():
        rows("SELECT set_config('henvis.erase', 'on', true)")
        ServiceStatus.objects.update(address="")


def test_an_address_is_taken_down_by_who_may_and_nothing_else_of_its_row_changes() -> None:
    ngo, take = make_caller("NGO"), "SELECT henvis_take_address_down(%s, %s)"
    row = own(ngo, address="Algade 1")
    before = ServiceStatus.objects.values().get()
    for user in (*outsiders(), world.publisher()):
        with refusal("NOTICE_RIGHT_MISSING"):
            web_value(take, row.pk, user.pk)
    web_value(take, row.pk, world.writer().pk)
    assert ServiceStatus.objects.values().get() == {**before, "address": "", "address_taken_by_id": world.writer().pk}
    with refusal("SERVICE_ADDRESS_GONE"):
        web_value(take, row.pk, world.reader().pk)
    with violation():
        ServiceStatus.objects.update(address_taken_by=None)
    # The mark stays on what a program says, which has no address, and goes when a person says one.
    own(ngo)
    assert not ServiceStatus.objects.filter(address_taken_by=None).exists()
    with refusal("SERVICE_ADDRESS_TAKEN"):
        own(ngo, address="Algade 1")
    own(ngo, "DK02", "Algade 1")
    own(ngo, address="Algade 1", user=world.writer())
    assert not ServiceStatus.objects.exclude(address_taken_by=None).exists()
    assert own(ngo, address="Algade 2").address == "Algade 2"


def test_a_partner_that_is_closed_has_no_address_any_more() -> None:
    ngo, other_ngo = make_caller("NGO"), make_caller("NGO")
    for caller in (ngo, other_ngo):
        own(caller, address="Algade 1")
    partner = Partner.objects.filter(pk=ngo.partner.pk)
    for is_active, address in ((True, "Algade 1"), (False, ""), (True, "")):
        partner.update(active=is_active)
        assert [row.address for row in ServiceStatus.objects.order_by("pk")] == [address, "Algade 1"]
