"""Errata and change notes, as readers are told of them."""

from __future__ import annotations

import pytest

from core.text import Text
from partners.audit import COMMAND
from partners.models import AuditEvent
from stats.errors import ReleaseRefused
from stats.models import PUBLIC, Erratum, ReviewSign
from stats.revisions.errata import add_erratum
from tests.api.asserts import body
from tests.api.open_figures import INDEX, RELEASES, TABLES, get, table
from tests.callers import Caller, as_web_server
from tests.stats.drafts import built
from tests.stats.published import editor, publish, publish_erratum, staff
from tests.stats.records import NOTES

pytestmark = pytest.mark.django_db
WRONG = Text("Tabellen efter køn tæller børn med.", "The table by gender counts children.")


def correct(release_id: str = "2023.p1", text: Text = WRONG) -> Erratum:
    """Write and publish an erratum, as the admin does."""
    with as_web_server():
        return publish_erratum(release_id, text)


@pytest.fixture(autouse=True)
def published(db: None) -> None:
    """Two years."""
    publish(PUBLIC, "2022", TABLES)
    publish(PUBLIC, "2023", TABLES)


def test_a_release_tells_its_errata_the_oldest_first() -> None:
    assert body(get(f"{RELEASES}/2023.p1"))["errata"] == []
    first, second = correct(), correct(text=Text("To.", "Two."))
    told = body(get(f"{RELEASES}/2023.p1"))
    assert [each["text"] for each in told["errata"]] == [WRONG._asdict(), {"da": "To.", "en": "Two."}]
    first.refresh_from_db()
    assert told["errata"][0]["at"] == first.decision.decided_at.isoformat()
    assert "ERRATUM" in told["notes"]
    for path in (RELEASES, INDEX):
        document = body(get(path))
        listed = {item["id"]: item for item in document.get("items", document.get("releases"))}
        assert listed["2023.p1"]["errata"] == told["errata"]
        assert listed["2022.p1"]["errata"] == []
    assert second.pk > first.pk


@pytest.mark.parametrize("form", ["csv", "csv-da", "list"])
def test_a_row_by_itself_says_so(form: str) -> None:
    """A spreadsheet has no notes: each row of the release has the words, and no other row has any."""
    address = f"by=gender&lang=en&format={form}"
    assert "warning" not in table(address).content.decode()
    correct()
    ReviewSign.objects.create(release_id="2023.p1", user=editor("doubter"))
    lines = table(address).content.decode().replace("},{", "}\n{").splitlines()
    said = "The release is under review. Use it with caution. Erratum to 2023.p1: The table by gender counts children."
    assert sum("2023.p1" in line for line in lines) == sum(said in line for line in lines) > 0
    assert "warning" in lines[0] and any("2022.p1" in line for line in lines)


def test_every_answer_of_the_release_says_so() -> None:
    correct()
    document = body(table("by=gender"))
    notes = {one["id"]: one["notes"] for one in document["extension"]["releases"]}
    assert (notes["2022.p1"], notes["2023.p1"]) == ([], ["ERRATUM"])
    assert "Erratum to 2023.p1: The table by gender counts children." in document["note"]
    danish = body(table("by=gender&year=2023", Accept_Language="da"))
    assert "Rettelse til 2023.p1: Tabellen efter køn tæller børn med." in danish["note"]
    assert not any("Erratum" in note for note in body(table("by=gender&year=2022"))["note"])


def test_so_does_an_answer_that_is_compared_with_it() -> None:
    correct("2022.p1")
    assert any("Erratum to 2022.p1" in note for note in body(table("year=2023&measure=change"))["note"])


def test_the_tags_of_its_answers_change_and_of_no_others() -> None:
    paths = [
        "by=gender&year=2023", "by=gender&year=2023&format=csv", "by=gender", "year=2023&measure=change",
        "by=gender&year=2022", "year=2022",
    ]  # fmt: skip
    tags = [table(path).headers["ETag"] for path in paths]
    content = table(paths[0]).content
    correct()
    changed = [table(path).headers["ETag"] != tag for path, tag in zip(paths, tags, strict=True)]
    assert changed == [True, True, True, True, False, False]
    assert table(paths[0]).content != content
    again = table(paths[0]).headers["ETag"]
    correct(text=Text("To.", "Two."))
    assert table(paths[0]).headers["ETag"] not in {again, tags[0]}


def test_an_erratum_has_its_audit_row() -> None:
    made = correct()
    event = AuditEvent.objects.get(action="erratum.add")
    assert (event.user_id, event.subject, event.detail) == (staff("editor").pk, "2023.p1", {"erratum": made.pk})


@pytest.mark.parametrize("text", [Text("", "Two."), Text("To.", " "), Text("T" * 2001, "Two.")])
def test_it_is_said_in_both_languages(text: Text) -> None:
    with pytest.raises(ReleaseRefused, match="in Danish and in English"):
        correct(text=text)
    assert not Erratum.objects.exists()


def test_it_is_of_a_published_release_and_by_staff() -> None:
    draft = built(PUBLIC, "2021", user=staff("builder"))
    with pytest.raises(ReleaseRefused, match=r"2021\.p1 is not published"):
        correct(draft.pk)
    with pytest.raises(ReleaseRefused, match="member of staff"):
        add_erratum(by=COMMAND, release_id="2023.p1", text=WRONG)
    assert not Erratum.objects.exists()
    assert not AuditEvent.objects.filter(action="erratum.add").exists()


def test_a_later_vintage_tells_what_changed_in_words(centre: Caller) -> None:
    publish(PUBLIC, "2023", TABLES, 2)
    listed = {item["id"]: item["change_notes"] for item in body(get(RELEASES))["items"] if item["kind"] == "own"}
    assert listed == {"2022.p1": None, "2023.p2": NOTES._asdict(), "2023.p1": None}
    assert body(get(f"{RELEASES}/2023.p2"))["change_notes"] == NOTES._asdict()
