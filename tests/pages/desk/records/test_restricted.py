"""What the desk shows of a person who had the processing restricted: a lock, and an empty form to correct by (article 18)."""

from __future__ import annotations

import pytest

from cases.models import Referral
from cases.tokens import in_groups
from partners.roles import MemberRole
from tests.callers import Browser, Caller
from tests.oversight.returns.world import send_back
from tests.oversight.rights.restricting import inform, lift_from, restrict
from tests.pages.desk.conftest import at
from tests.pages.desk.records.forms import filled, form_of
from tests.pages.tables import rows
from tests.people.visitors import strict, text

pytestmark = pytest.mark.django_db
LIST = "/send/records/"
VALUES = ("Vietnam", "Viet Nam", "Male", "March 2025")


@pytest.fixture
def path(ngo: Caller) -> str:
    """A referral that its partner sent by its machine."""
    return ngo.referral(referred_in="2025-03", citizenship="VN", gender="M")[0]


@pytest.fixture
def worker(ngo: Caller) -> Browser:
    """A caseworker's browser."""
    return at(ngo.partner, MemberRole.CASEWORKER, "mette")


def place_of(worker: Browser) -> str:
    """The address of the one referral, found by its token."""
    found = worker.post("/send/records/find/", {"key": in_groups(Referral.objects.current().get().case.token)})
    return str(found["Location"])


def lock() -> str:
    """Restrict whom the one referral is of; her place is that of before."""
    token: str = Referral.objects.current().get().case.token
    restrict(token)
    return token


def test_the_list_has_a_lock_and_none_of_her_values(path: str, ngo: Caller, worker: Browser) -> None:
    assert "Male" in text(worker.get(LIST))
    lock()
    page = text(worker.get(LIST)).partition("<tbody>")[2]
    assert "The processing is restricted" in page and "1 referral" in text(worker.get(LIST))
    assert not [each for each in VALUES if each in page]
    for query in ("from=2025-03", "to=2025-12", "status=reported"):
        assert "The processing is restricted" not in text(worker.get(f"{LIST}?{query}"))
    file = worker.get("/send/records/file/csv/")
    assert str(Referral.objects.get().reference) not in file.content.decode()


def test_her_pages_answer_423_and_lead_to_corrections(path: str, worker: Browser) -> None:
    place = place_of(worker)
    token = lock()
    for part in ("", "receipt/", "card/"):
        answer = worker.get(f"{place}{part}")
        strict(answer)
        page = answer.content.decode()
        assert answer.status_code == 423
        assert in_groups(token) not in page and not [each for each in VALUES if each in page]
        assert f"{place}correct/" in page and f"{place}withdraw/" in page
    assert worker.sure(f"{place}again/", {"version": "1"}).status_code == 423


def test_a_reader_is_offered_no_correction(path: str, ngo: Caller) -> None:
    reader = at(ngo.partner, MemberRole.READER, "rolf")
    place = place_of(reader)
    lock()
    answer = reader.get(place)
    assert answer.status_code == 423 and "correct/" not in answer.content.decode()


def test_a_correction_begins_empty_and_is_taken(path: str, worker: Browser) -> None:
    place = place_of(worker)
    lock()
    address = f"{place}correct/"
    page = text(worker.get(address))
    form = form_of(page, address)
    assert form.get("citizenship", [""]) == [""] and "gender" not in form
    assert form["referred_in"] == [""]
    answer = worker.post(address, filled(form, gender="X", referred_in="2025-03"))
    assert answer.status_code == 302, answer.content.decode()
    assert worker.get(place).status_code == 423
    assert Referral.objects.current().get().gender == "X"


def test_a_correction_of_another_version_shows_nothing_of_it(path: str, worker: Browser, ngo: Caller) -> None:
    place = place_of(worker)
    lock()
    address = f"{place}correct/"
    form = form_of(text(worker.get(address)), address)
    answer = worker.post(address, {**filled(form, gender="X"), "version": ["7"]})
    assert answer.status_code == 423
    assert "Vietnam" not in answer.content.decode()


def test_the_form_of_a_new_referral_under_her_reference_shows_nothing_of_her(path: str, worker: Browser) -> None:
    reference = str(Referral.objects.get().reference)
    lock()
    address = "/send/one/"
    form = filled(form_of(text(worker.get(address)), address), gender="X")
    answer = worker.post(address, {**form, "reference": [reference]})
    assert answer.status_code == 423
    assert not [each for each in VALUES if each in answer.content.decode()]
    assert Referral.objects.get().gender == "M"


def test_it_can_be_withdrawn_without_being_shown(path: str, worker: Browser) -> None:
    place = place_of(worker)
    lock()
    page = text(worker.get(f"{place}withdraw/"))
    assert not [each for each in VALUES if each in page]
    worker.sure(f"{place}withdraw/", {"version": "1", "reason_code": "DUPLICATE"})
    assert Referral.objects.current().get().status == "withdrawn"


def test_own_figures_and_returns_leave_her_out(path: str, worker: Browser) -> None:
    inquiry = send_back(path)
    answer = f"/send/returned/{inquiry.pk}/"
    figures = "/send/figures/?rows=gender"
    assert "Male" in text(worker.get("/send/returned/"))
    assert ["Male", "1"] in rows(text(worker.get(figures)))
    lock()
    assert "Male" not in text(worker.get("/send/returned/"))
    assert ["Male", "1"] not in rows(text(worker.get(figures)))
    assert worker.get(answer).status_code in (404, 423)


def test_lifting_shows_her_again(path: str, worker: Browser) -> None:
    place = place_of(worker)
    row = inform(restrict(Referral.objects.get().case.token))
    assert worker.get(place).status_code == 423
    lift_from(row)
    assert "Male" in text(worker.get(place))
