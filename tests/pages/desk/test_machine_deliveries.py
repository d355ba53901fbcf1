"""A person answers on the desk what a delivery of a machine asks: it stays the machine's, and whoever answered finds it again."""

from __future__ import annotations

from datetime import timedelta
from json import loads
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from cases.codelists import CONFIRMATION_REASON
from cases.intake.batches import committing, retention
from cases.intake.batches.arrival import receive
from cases.intake.batches.jobs import work_batch
from cases.intake.models import Batch, Handling, StagedRow
from cases.models import Referral
from cases.windows.models import RecordOpening
from oversight.quality.models import RuleTally
from partners.roles import MemberRole
from tests.callers import Browser, Caller
from tests.cases.intake.batches.sending import delivery
from tests.cases.windows.world import LAST_YEAR, close, month
from tests.oversight.returns.world import send_back
from tests.pages.desk.conftest import at
from tests.pages.desk.sending import FILE, batch_at, checked, key_of, own_header, rows, rule_of, sent_by_machine
from tests.pages.desk.test_sending_asks import HELD
from tests.people.visitors import text

pytestmark = pytest.mark.django_db
REASON = CONFIRMATION_REASON.names[0]
LIST = "/send/deliveries/"


@pytest.fixture(autouse=True)
def place(settings: Any, tmp_path: Path) -> None:
    """A spool of the test's own."""
    settings.HENVIS_SPOOL = tmp_path / "spool"


@pytest.fixture
def mette(ngo: Caller) -> Browser:
    """A caseworker's browser."""
    return at(ngo.partner, MemberRole.CASEWORKER, "mette")


def page_of(batch: Batch) -> str:
    """The page of a delivery."""
    return f"{LIST}{batch.pk}/"


def confirm(browser: Browser, batch: Batch, row: int = 1) -> None:
    """Confirm what a delivery asks about a row, and send nothing."""
    rule = rule_of(text(browser.get(page_of(batch))))
    browser.post(f"{page_of(batch)}confirm/", {f"reason-{rule}": REASON, f"rows-{rule}": "1", f"row-{rule}": str(row)})
    batch.refresh_from_db()


def answer(browser: Browser, batch: Batch, content: bytes, **fields: str) -> Any:
    """Answer the first question of a delivery with a file."""
    form = {"key": key_of(browser), "of": str(batch.pk), "end": "1", **fields}
    return browser.post(FILE, {**form, "file": SimpleUploadedFile("rows.csv", content, content_type="text/csv")})


def told_by_api(caller: Caller, batch: Batch, *names: str) -> tuple[object, ...]:
    """What the machine is told of its delivery."""
    body = loads(caller.get(f"/api/v1/batches/{batch.pk}").content)
    return tuple(body[name] for name in names or ("state", "dry_run", "stored"))


def commit(caller: Caller, batch: Batch) -> dict[str, Any]:
    """Commit as a machine does; what is answered."""
    body: dict[str, Any] = loads(caller.post(f"/api/v1/batches/{batch.pk}/commit", {}).content)
    return body


@pytest.mark.parametrize(("dry_run", "handling"), [("true", "strict"), ("false", "strict"), ("false", "lenient")])
def test_a_person_answers_what_a_file_of_a_machine_asks(
    ngo: Caller, mette: Browser, dry_run: str, handling: str
) -> None:
    content = own_header("DK01")
    batch = sent_by_machine(ngo, content, dry_run, Prefer=f"handling={handling}")
    answered = answer(mette, batch, content, latest="on", **{"answer-0": "region"})
    assert answered.status_code == 302, answered.content
    assert "1 row can be sent" in text(mette.get(answered["Location"]))


def test_it_is_known_again_by_its_file_alone_however_it_came_and_whatever_became_of_it(
    ngo: Caller, mette: Browser
) -> None:
    content = own_header("Vestby", "Vestby")
    sent = delivery(content, media_type="text/csv", dry_run=True, mapping={"columns": {"Landsdel": "region"}})
    batch = receive(by=ngo.principal, key="one", delivery=sent).batch
    commit(ngo, batch)
    batch.refresh_from_db()
    assert (batch.dry_run, batch.stored, len(batch.questions)) == (False, False, 1)
    assert answer(mette, batch, own_header("Østby", "Østby"), **{"answer-0": "DK02"}).status_code == 409
    answered = answer(mette, batch, content, names_nobody="on", **{"answer-0": "DK02"})
    assert answered.status_code == 302, answered.content
    assert "2 rows can be sent" in text(mette.get(answered["Location"]))


def test_a_delivery_of_before_is_known_by_all_that_was_asked_for(ngo: Caller, mette: Browser) -> None:
    content = own_header("DK01")
    batch = sent_by_machine(ngo, content)
    Batch.objects.update(content_digest="")
    assert answer(mette, batch, own_header("DK02"), **{"answer-0": "region"}).status_code == 409
    assert answer(mette, batch, content, **{"answer-0": "region"}).status_code == 302


def test_the_same_file_of_two_partners_is_not_known_by_its_digest(ngo: Caller, other_ngo: Caller) -> None:
    content = rows({})
    digests = {sent_by_machine(each, content, "true").content_digest for each in (ngo, other_ngo)}
    assert len(digests) == 2
    assert "" not in digests


@pytest.mark.parametrize("dry_run", ["true", "false"])
def test_a_delivery_stays_its_machine_s_and_waits_for_people_once_one_has_confirmed_it(
    ngo: Caller, mette: Browser, dry_run: str
) -> None:
    batch = sent_by_machine(ngo, rows({}, HELD), dry_run)
    before = told_by_api(ngo, batch)
    assert (page_of(batch) in text(mette.get("/send/"))) is (dry_run == "false")
    confirm(mette, batch)
    assert "2 rows can be sent" in text(mette.get(page_of(batch)))
    assert page_of(batch) in text(mette.get("/send/"))
    assert "API, confirmed by mette" in text(mette.get(LIST))
    assert told_by_api(ngo, batch)[1:] == before[1:] == (dry_run == "true", False)
    assert not Referral.objects.exists()
    colleague = at(ngo.partner, MemberRole.MANAGER, "maja")
    colleague.sure(f"{page_of(batch)}send/", {"act": "strict"})
    assert told_by_api(ngo, batch) == ("done", False, True)
    assert "API, stored by maja" in text(mette.get(LIST))


def test_its_rows_are_counted_once_as_what_it_was_sent_for(ngo: Caller, mette: Browser) -> None:
    batch = sent_by_machine(ngo, rows({"gender": "Q"}, HELD), Prefer="handling=strict")
    confirm(mette, batch)
    assert {each.tried for each in RuleTally.objects.filter(batch=batch)} == {False}


def test_nobody_signs_the_year_while_a_large_one_is_compared_again(
    ngo: Caller, mette: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = sent_by_machine(ngo, rows({}, HELD), "true")
    year = f"/send/year/{LAST_YEAR}/"
    assert "Deliveries that" not in text(mette.get(year))
    monkeypatch.setattr(committing, "MOST_AT_ONCE", 1)
    confirm(mette, batch)
    assert batch.state == "queued"
    assert "Deliveries that are being worked on." in text(mette.get(year))
    assert commit(ngo, batch)["code"] == "batch_running"
    work_batch(str(batch.pk))
    assert "Deliveries that wait for you" in text(mette.get(year))


def test_who_stores_a_correction_closes_its_record_and_not_who_sent_it(ngo: Caller, mette: Browser) -> None:
    path, _ = ngo.referral(referred_in=month(3))
    close(ngo)
    send_back(path)
    reference = path.rpartition("/")[2]
    content = rows({"reference": reference, "version": 1, "referred_in": month(3), "gender": "M", **HELD})
    batch = sent_by_machine(ngo, content)
    confirm(mette, batch, 0)
    colleague = at(ngo.partner, MemberRole.MANAGER, "maja")
    colleague.sure(f"{page_of(batch)}send/", {"act": "strict"})
    assert "1 row is corrected" in text(mette.get(page_of(batch))), batch.findings
    closing = RecordOpening.objects.order_by("-until").last()
    assert closing is not None
    assert closing.user is not None
    assert closing.user.get_username() == "maja"


def test_a_machine_s_commit_of_a_person_s_file_is_the_machine_s(ngo: Caller, mette: Browser) -> None:
    path, _ = ngo.referral(referred_in=month(3))
    close(ngo)
    send_back(path)
    content = rows({"reference": path.rpartition("/")[2], "version": 1, "referred_in": month(3), "gender": "M"})
    batch = batch_at(checked(mette, content))
    assert commit(ngo, batch)["stored"] is True
    closing = RecordOpening.objects.order_by("-until").last()
    assert closing is not None
    assert closing.user is None
    assert "mette, stored by API" in text(mette.get(LIST))
    home = text(mette.get("/send/")).partition("<main")[2]
    assert "(API)" in home
    assert "(mette)" not in home
    # Who stored a delivery of before 0.11 is not known, but who sent it.
    Batch.objects.update(content_digest="")
    assert "stored by" not in text(mette.get(LIST))
    assert "(mette)" in text(mette.get("/send/"))


def test_the_home_and_the_list_name_who_stored_a_file_beside_who_sent_it(ngo: Caller, mette: Browser) -> None:
    batch = batch_at(checked(mette, rows({})))
    at(ngo.partner, MemberRole.MANAGER, "maja").sure(f"{page_of(batch)}send/", {"act": "strict"})
    assert "mette, stored by maja" in text(mette.get(LIST))
    home = text(mette.get("/send/")).partition("<main")[2]
    assert "(maja)" in home
    assert "mette" not in home


def test_confirming_again_and_again_keeps_no_row_beyond_a_day(ngo: Caller, mette: Browser) -> None:
    batch = batch_at(checked(mette, rows({}, HELD, HELD)))
    Batch.objects.update(created_at=timezone.now() - timedelta(hours=23))
    until = told_by_api(ngo, batch, "commit_until")
    confirm(mette, batch)
    assert told_by_api(ngo, batch, "commit_until") == until
    assert "forgotten a day after the file came" in text(mette.get(page_of(batch)))
    Batch.objects.update(created_at=timezone.now() - timedelta(hours=24, seconds=1))
    assert "waited for a day" in text(mette.get(page_of(batch)))
    assert mette.sure(f"{page_of(batch)}send/", {"act": "lenient"}).status_code == 409
    retention.forget()
    assert not StagedRow.objects.exists()


def test_what_is_compared_again_is_given_up_after_a_day(
    ngo: Caller, mette: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = sent_by_machine(ngo, rows({}, HELD))
    monkeypatch.setattr(committing, "MOST_AT_ONCE", 1)
    confirm(mette, batch)
    Batch.objects.update(created_at=timezone.now() - timedelta(hours=24, seconds=1))
    retention.forget()
    assert not StagedRow.objects.exists()
    batch.refresh_from_db()
    assert batch.state == "failed"


def test_a_machine_confirms_by_storing(ngo: Caller) -> None:
    batch = sent_by_machine(ngo, rows({}, HELD))
    with pytest.raises(ValueError, match="only a person"):
        committing.confirm_alone(by=ngo.principal, batch_id=batch.pk, confirmations=())
    assert Handling(batch.handling) == Handling.STRICT
