"""A file of counts on the desk: the sheet, what the file says, and storing what was seen, once and whole."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from cases.codelists import REGION
from cases.intake.readers.formats import MEDIA_TYPES
from cases.services.forms import OUTREACH
from cases.services.models import CountReport
from partners.models import AuditEvent, RecordRead
from tests.api.workbooks import read, values
from tests.callers import Browser
from tests.cases.services.files import NO_CONTACTS, VISIT, csv_of
from tests.pages.desk.conftest import renew_agreement
from tests.people.visitors import text

pytestmark = pytest.mark.django_db
FILE = "/send/counts/OUTREACH/file/"
SHEET = "/send/counts/OUTREACH/2025-03/sheet."
RIGHT = csv_of(OUTREACH, {**VISIT, "visits": 12}, {**VISIT, "region": "DK02", "visits": 3}, NO_CONTACTS)


def upload(browser: Browser, content: bytes, name: str = "counts.csv") -> Any:
    """Send a file by the form of the page."""
    part = SimpleUploadedFile(name, content, content_type=MEDIA_TYPES[name.rpartition(".")[2]])
    return browser.post(FILE, {"file": part, "end": "1"})


def carried(answer: Any, name: str) -> str:
    """What the page carries to its next form."""
    match = re.search(rf'name="{name}" value="([^"]*)"', answer.content.decode())
    assert match
    return html.unescape(match[1])


def store(browser: Browser, seen: Any) -> Any:
    """Send what was seen."""
    return browser.post(f"{FILE}store/", {"content": carried(seen, "content")})


def test_a_sheet_is_downloaded_filled_in_seen_and_sent_once(caseworker: Browser) -> None:
    empty: Any = caseworker.get(f"{SHEET}xlsx")
    assert values(read(empty)[0])[1][0] == "2025-03" and RecordRead.objects.count() == 0
    assert "<h1>Outreach: counts from a spreadsheet</h1>" in text(caseworker.get(FILE))
    seen = upload(caseworker, RIGHT)
    page = " ".join(re.sub(r"<[^>]+>", " ", text(seen)).split())
    assert "Will be reported" in page and "Visits: 15" in page and "There were none" in page
    assert not CountReport.objects.exists()
    assert store(caseworker, seen).status_code == 302
    report = CountReport.objects.get()
    assert [line["visits"] for line in report.content["visits"]] == [12, 3] and report.content["contacts"] == []
    assert AuditEvent.objects.filter(action="count.send").count() == 1
    # Sent twice by mistake, it changes nothing.
    store(caseworker, seen)
    assert AuditEvent.objects.filter(action__startswith="count.").count() == 1
    assert "There is nothing to send" in text(upload(caseworker, RIGHT))
    assert CountReport.objects.count() == 1


def test_what_is_reported_is_downloaded_as_a_read_and_corrected_by_its_file(
    caseworker: Browser, reader: Browser
) -> None:
    store(caseworker, upload(caseworker, RIGHT))
    sheet = caseworker.get(f"{SHEET}csv")
    assert RecordRead.objects.filter(operation="desk/count.sheet").count() == 1
    changed = sheet.content.replace(b"12", b"14")
    seen = upload(caseworker, changed)
    assert "Is reported already: these numbers will take the place" in text(seen)
    store(caseworker, seen)
    current = CountReport.objects.current().get()
    assert (current.version, [line["visits"] for line in current.content["visits"]]) == (2, [14, 3])
    # The sheet names the version that it had: whoever fetched it before the correction does not undo that.
    assert "The period was corrected by somebody else" in text(upload(caseworker, sheet.content.replace(b"12", b"13")))
    assert reader.get(f"{SHEET}xlsx").status_code == 200 and reader.get(FILE).status_code == 403


def test_what_changed_since_it_was_seen_is_not_overwritten(caseworker: Browser, manager: Browser) -> None:
    store(caseworker, upload(caseworker, RIGHT))
    one, other = (
        upload(each, csv_of(OUTREACH, {**VISIT, "visits": n}, NO_CONTACTS))
        for each, n in ((caseworker, 1), (manager, 2))
    )
    assert store(manager, other).status_code == 302
    assert store(caseworker, one).status_code == 409
    assert CountReport.objects.current().get().content["visits"][0]["visits"] == 2


def test_one_fault_keeps_all_of_a_file_out_and_each_is_told_at_its_cell(caseworker: Browser) -> None:
    wrong: list[dict[str, Any]] = [
        {**VISIT, "visits": 1, "addresses": 2},
        {**VISIT, "region": "Sjaelandd", "visits": "x"},
    ]
    content = csv_of(OUTREACH, {**VISIT, "visits": 1, "period": "2025-02"}, *wrong)
    answer = upload(caseworker, content)
    page = text(answer)
    assert "Row 4" in page and "C4" in page and "F4" in page and "Choose from the list of the cell." in page
    assert REGION.by_code["DK02"].label.en in page and "Sjaelandd" not in re.sub(r'value="[^"]*"', "", page)
    file = caseworker.post(f"{FILE}marked.xlsx", {"cells": carried(answer, "cells")})
    rows = values(read(file)[0])
    assert rows[0][0] == "Errors" and "Choose from the list" in rows[3][0] and rows[3][3] == "Sjaelandd"
    assert not rows[1][0]
    assert not CountReport.objects.exists()
    # Corrected in that very file, it is taken.
    mended = caseworker.post(f"{FILE}marked.csv", {"cells": carried(answer, "cells")}).content
    mended = mended.replace(b"Sjaelandd", b"DK02").replace(b",x,", b",7,").replace(b",1,2,", b",2,2,")
    assert store(caseworker, upload(caseworker, mended)).status_code == 302
    assert CountReport.objects.count() == 2


def test_a_file_with_an_identifier_is_stopped_and_nothing_of_it_is_shown(caseworker: Browser) -> None:
    answer = upload(caseworker, csv_of(OUTREACH, {**VISIT, "visits": "070190-1234"}))
    page = text(answer)
    assert "The file is stopped" in page and "F2" in page and "070190" not in page
    assert caseworker.post(f"{FILE}marked.xlsx", {"cells": '[["period"],1,[[2,["070190-1234"]]]]'}).status_code == 400


NO_PAGE_S = (
    "",
    "{}",
    '[["2025-03",null,{"visits":[["DK01"]]}]]',
    '[["2025-03",null,{"x":[]}]]',
    '[["2025-13",null,{}]]',
)


@pytest.mark.parametrize("content", NO_PAGE_S)
def test_what_no_page_carries_is_refused(caseworker: Browser, content: str) -> None:
    assert caseworker.post(f"{FILE}store/", {"content": content}).status_code == 400
    assert caseworker.post(f"{FILE}marked.csv", {"cells": content}).status_code == 400
    assert not CountReport.objects.exists()


def test_without_the_agreement_or_a_token_nothing_is_taken(
    caseworker: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = upload(caseworker, RIGHT)
    renew_agreement(monkeypatch)
    assert (upload(caseworker, RIGHT).status_code, store(caseworker, seen).status_code) == (409, 409)
    caseworker.forging = True
    assert upload(caseworker, RIGHT).status_code == 403
    assert not CountReport.objects.exists()
