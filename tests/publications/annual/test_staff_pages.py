"""The staff pages of annual reports, with the web server's rights: one orders and writes, another reads and publishes."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from django.contrib.auth.models import User

from core.text import Text
from partners.models import AuditEvent
from publications.annual import production
from publications.annual.models import ReportDraft, ReportOrder, ReportPublication, ReportText
from publications.annual.production import work
from stats.models import PUBLIC
from tests.callers import Browser
from tests.people.visitors import staff
from tests.publications.annual.world import (
    CORRECTION,
    YEAR,
    approve_all,
    draft_by,
    publish_report,
    publish_years,
    write,
)
from tests.stats.published import publish

pytestmark = pytest.mark.django_db
REPORTS, ORDERS = "/admin/annual/reportdraft/", "/admin/annual/reportorder/"


def browser_of(user: User, language: str = "en") -> Browser:
    """A browser in which somebody is signed in, in a language."""
    browser = Browser(headers={"accept-language": language})
    browser.force_login(user)
    return browser


def text_of(response: Any) -> str:
    """The text of a page that is there."""
    assert response.status_code == 200, response.content
    return " ".join(html.unescape(re.sub("<[^>]+>", " ", response.content.decode())).split())


def section_of(draft: ReportDraft, name: str = "gender") -> str:
    """The address of a section."""
    return f"{REPORTS}{draft.pk}/{name}/"


def form(**changes: str) -> dict[str, str]:
    """The form of the section on gender."""
    texts = {
        "heading:da": "Flest kvinder",
        "heading:en": "Mostly women",
        "comment:da": "",
        "comment:en": "",
        "alt:da": "Søjler",
        "alt:en": "Bars",
    }
    return {f"gender:{name}": text for name, text in {**texts, **changes}.items()}


def test_from_the_order_to_the_published_report(writer: User, publisher: User) -> None:
    publish_years()
    author, other = browser_of(writer), browser_of(publisher)
    order = {"year": str(YEAR), "correction_da": "", "correction_en": ""}
    assert "The server makes a new draft" in text_of(author.post(f"{ORDERS}add/", order))
    assert not ReportOrder.objects.exists()
    author.post(f"{ORDERS}add/", {**order, "sure": "yes"}, follow=True)
    assert AuditEvent.objects.filter(action="reportorder.add", subject=str(YEAR)).exists()

    work()
    draft = ReportDraft.objects.get()
    report = f"{REPORTS}{draft.pk}/change/"
    assert 'id="waiting-report_orders"' in author.get("/admin/").content.decode()
    assert "Every heading and alternative text must be finished first." in text_of(other.get(report))
    assert "Open the draft" in text_of(author.get(f"{ORDERS}{ReportOrder.objects.get().pk}/change/"))
    assert "Write the next section" in text_of(author.get(report))
    assert re.search(r"0 of \d+ headings and alternative texts are finished", text_of(author.get("/admin/")))
    assert 'id="waiting-reports"' not in other.get("/admin/").content.decode()
    for section in ("key-figures", "gender", "exploitation", "overview", "method"):
        fields = re.findall(
            r'<textarea name="([^"]+)"[^>]*>\n?([^<]*)</textarea>',
            author.get(section_of(draft, section)).content.decode(),
        )
        assert len(fields) == (6 if section in {"key-figures", "gender", "exploitation"} else 4)
        answer = author.post(
            section_of(draft, section), {name: html.unescape(text) for name, text in fields}, follow=True
        )
        assert "The section is saved as finished." in text_of(answer)
    assert f"{draft.pk}/publish/" not in author.get(report).content.decode()
    assert "Every section is finished. Now an approver reads the report" in text_of(author.get(report))
    assert 'id="waiting-report_sections"' not in author.get("/admin/").content.decode()
    assert 'id="waiting-reports"' in other.get("/admin/").content.decode()
    unread = other.get(report)
    assert "Read the whole report first" in text_of(unread) and f"{draft.pk}/publish/" not in unread.content.decode()
    for answer in (
        other.get(f"{REPORTS}{draft.pk}/publish/"),
        other.post(f"{REPORTS}{draft.pk}/publish/", {"last": "1"}),
    ):
        assert answer["Location"] == report
    assert not ReportPublication.objects.exists()
    assert other.get(section_of(draft, "whole")).status_code == 200
    read = AuditEvent.objects.get(action="report.read")
    assert (read.user, read.subject, read.detail["draft"]) == (publisher, str(YEAR), draft.pk)
    assert "Read the whole report first" not in text_of(other.get(report))
    assert f"{draft.pk}/publish/" in other.get(report).content.decode()
    question = other.get(f"{REPORTS}{draft.pk}/publish/")
    for page in (other.get(report), question):
        assert f'<a href="{REPORTS}{draft.pk}/whole/">Read the whole report</a>' in page.content.decode()
    assert "Publishing is final" in text_of(question)
    last = re.search(r'name="last" value="(\d+)"', question.content.decode())
    assert last is not None
    assert "The report is published." in text_of(
        other.post(f"{REPORTS}{draft.pk}/publish/", {"last": last[1]}, follow=True)
    )
    assert "published; the server is making its pages" in text_of(other.get(report))
    assert 'id="waiting-report_orders"' not in author.get("/admin/").content.decode()
    work()
    assert "published as version 1" in text_of(other.get(REPORTS))
    shown = other.get(report).content.decode()
    assert f'<a href="/en/report/{YEAR}/1/">' in shown
    assert re.search(rf"<dt>Published</dt><dd>[^<]* by {publisher}</dd>", shown)
    assert "Correct in a new version" in text_of(author.get(report))
    assert author.post(section_of(draft), form()).status_code == 403


def test_the_section_is_shown_as_readers_will_see_it_in_both_languages(draft: ReportDraft, writer: User) -> None:
    page = text_of(browser_of(writer, "da").get(section_of(draft)))
    for part in (
        "Omkring to ud af tre ofre var kvinder",
        "About two in three victims were women",
        "[c] 31–40",
        "Hidden: it is small or protects another small number; between 0 and 9",
        "Overskrift på dansk",
        "Overskrift på engelsk",
    ):
        assert part in page
    assert "Foreslået:" not in page  # it stands in the field
    assert page.startswith("Køn, Menneskehandel i Danmark 2023 |")
    assert "Heading in Danish" in text_of(browser_of(writer).get(section_of(draft)))


def test_staff_see_the_alternative_text_of_a_chart_that_readers_hear(draft: ReportDraft, writer: User) -> None:
    write(draft, writer, "gender:alt", Text("Søjler: flest kvinder.", "Bars: mostly women."))
    for path in (section_of(draft), section_of(draft, "whole")):
        page = text_of(browser_of(writer).get(path))
        assert "Alternative text (read aloud to those who do not see the chart): Bars: mostly women." in page
    page = text_of(browser_of(writer, "da").get(section_of(draft, "whole")))
    assert "Alternativ tekst (læses op for den, der ikke ser diagrammet): Søjler: flest kvinder." in page


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_whole_report_is_read_on_one_page_in_the_reader_s_language(
    draft: ReportDraft, writer: User, publisher: User, language: str
) -> None:
    headings = {"da": "Flest kvinder", "en": "Mostly women"}
    write(draft, writer, "gender:heading", Text(**headings))
    page = browser_of(publisher, language).get(section_of(draft, "whole")).content.decode()
    assert re.findall(r'<h2 id="(?:da|en)([^"]+)">', page) == [each["id"] for each in draft.documents["da"]["sections"]]
    assert [name for name, heading in headings.items() if heading in page] == [language]
    assert f'<article lang="{language}">' in page
    assert ("Alle afsnit" if language == "da" else "All sections") in page


def test_a_typed_figure_is_refused_at_its_field_and_nothing_of_the_section_is_saved(
    draft: ReportDraft, writer: User
) -> None:
    author = browser_of(writer)
    page = author.post(section_of(draft), form(**{"comment:da": "35 mænd", "comment:en": "Men"}))
    assert "The report does not show 35 here." in text_of(page)
    assert "35 mænd" in page.content.decode()
    assert not ReportText.objects.exists()
    assert "Write the text in both languages." in text_of(author.post(section_of(draft), form(**{"heading:en": " "})))


def test_what_is_saved_again_unchanged_writes_no_row(draft: ReportDraft, writer: User) -> None:
    author = browser_of(writer)
    for _ in range(2):
        author.post(section_of(draft), form(**{"comment:da": "Mange.", "comment:en": "Many."}))
    assert ReportText.objects.count() == 3
    author.post(section_of(draft), form())
    assert ReportText.objects.count() == 4


def test_the_texts_of_an_earlier_draft_stand_in_the_form_of_the_next(draft: ReportDraft, writer: User) -> None:
    write(draft, writer, "gender:heading", Text("Flest kvinder", "Mostly women"))
    later = draft_by(writer)
    page = browser_of(writer).get(section_of(later)).content.decode()
    assert ">\nFlest kvinder</textarea>" in page
    assert "In the earlier draft" not in page
    assert "superseded by a later draft" in text_of(browser_of(writer).get(REPORTS))


def field(page: str, name: str) -> str:
    """What stands in a field of a section on gender."""
    found = re.search(rf'<textarea name="gender:{name}"[^>]*>\n?([^<]*)</textarea>', page)
    assert found is not None
    return html.unescape(found[1])


def test_of_other_figures_the_new_proposal_stands_with_the_old_text_beside_it(
    draft: ReportDraft, writer: User, publisher: User
) -> None:
    approve_all(draft, writer)
    write(draft, writer, "gender:alt", Text("Søjler: flest kvinder", "Bars: mostly women"))
    write(draft, writer, "gender:comment", Text("Mange.", "Many."))
    publish_report(draft, publisher)
    publish(PUBLIC, "2023", {"": {"": 112}, "gender": {"F": 40, "M": 72}}, vintage=2)
    later = draft_by(writer, correction=CORRECTION)
    draft_by(writer, correction=CORRECTION)  # in which nobody has written
    page = browser_of(writer).get(section_of(ReportDraft.objects.latest("pk"))).content.decode()
    assert (field(page, "heading:en"), field(page, "comment:en")) == ("About two in three victims were men", "Many.")
    assert field(page, "alt:en").startswith("Bar chart") and field(page, "alt:da").startswith("Søjlediagram")
    beside = html.unescape(page)
    assert "In the earlier draft: About two in three victims were women" in beside
    assert "In the earlier draft: Bars: mostly women" in beside
    assert later.pk < ReportDraft.objects.latest("pk").pk


def test_a_report_that_cannot_be_rendered_is_said_to_staff(
    draft: ReportDraft, writer: User, publisher: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    approve_all(draft, writer)
    monkeypatch.setattr(production, "pdf", lambda _: (_ for _ in ()).throw(ValueError("secret")))
    publish_report(draft, publisher)
    for address in (REPORTS, f"{REPORTS}{draft.pk}/change/"):
        assert "its pages could not be made, and the server tries again" in text_of(browser_of(publisher).get(address))
    monkeypatch.undo()
    work(at_once=True)
    assert "published as version 1" in text_of(browser_of(publisher).get(REPORTS))


def test_who_may_see_write_and_publish(draft: ReportDraft, writer: User, publisher: User) -> None:
    approve_all(draft, writer)
    report, publish = f"{REPORTS}{draft.pk}/change/", f"{REPORTS}{draft.pk}/publish/"
    stranger = browser_of(staff("stranger", "case_manager", "data_protection", "partner_manager"))
    reader = browser_of(staff("reader", "auditor"))
    for path in (REPORTS, report, section_of(draft), section_of(draft, "whole"), publish, ORDERS, f"{ORDERS}add/"):
        assert stranger.get(path).status_code == 403, path
    for path in (REPORTS, report, section_of(draft), section_of(draft, "whole"), ORDERS):
        assert reader.get(path).status_code == 200, path
    for path in (publish, f"{ORDERS}add/"):
        assert reader.get(path).status_code == 403, path
    for user in (reader, browser_of(publisher)):
        assert "<textarea" not in user.get(section_of(draft)).content.decode()
        assert user.post(section_of(draft), form()).status_code == 403
    assert browser_of(writer).post(publish, {"last": "1"}).status_code == 403
    assert not ReportPublication.objects.exists()


def test_a_correction_with_characters_that_nobody_sees_is_refused_in_the_order(
    draft: ReportDraft, writer: User, publisher: User
) -> None:
    approve_all(draft, writer)
    publish_report(draft, publisher)
    order = {"year": str(YEAR), "correction_da": "Rettet\u200b.", "correction_en": "Corrected.", "sure": "yes"}
    assert "cannot be shown" in text_of(browser_of(writer).post(f"{ORDERS}add/", order))
    assert not ReportOrder.objects.exists()
    browser_of(writer).post(f"{ORDERS}add/", {**order, "correction_da": "Rettet\r\ni dag."}, follow=True)
    assert ReportOrder.objects.get().correction_da == "Rettet i dag."


def test_an_order_of_another_version_says_what_it_corrects(draft: ReportDraft, writer: User, publisher: User) -> None:
    approve_all(draft, writer)
    publish_report(draft, publisher)
    author = browser_of(writer)
    order = {"year": str(YEAR), "correction_da": "", "correction_en": "", "sure": "yes"}
    for correction in ("", "Rettet."):
        page = author.post(f"{ORDERS}add/", {**order, "correction_da": correction})
        assert "say in both languages what the new version corrects" in text_of(page)
    assert "There is no public release of 1999." in text_of(author.post(f"{ORDERS}add/", {**order, "year": "1999"}))
    assert not ReportOrder.objects.exists()


@pytest.mark.parametrize("path", ["999999/change/", "x/change/", "999999/gender/", "999999/whole/", "999999/publish/"])
def test_what_is_not_there_is_not_found(publisher: User, path: str) -> None:
    assert browser_of(publisher).get(f"{REPORTS}{path}").status_code == 404


def test_a_section_that_the_report_does_not_have_is_not_found(draft: ReportDraft, writer: User) -> None:
    assert browser_of(writer).get(section_of(draft, "nothing")).status_code == 404
