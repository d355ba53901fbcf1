"""A report whose figures became others after it was drafted: its author is told, and what shows the same stays finished."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User

from core.text import Text
from partners.models import AuditEvent
from publications.annual.drafts import texts_of
from publications.annual.models import ReportDraft, ReportText
from publications.annual.publishing import missing_places
from stats.models import PUBLIC, Release
from tests.people.visitors import staff
from tests.publications.annual.test_staff_pages import REPORTS, browser_of, text_of
from tests.publications.annual.world import approve_all, draft_by, write
from tests.stats.published import publish, say_erratum, withdraw

pytestmark = pytest.mark.django_db
STALE = 'id="waiting-reports_stale"'
FORM = {"": {"": 112}, "gender": {"F": 72, "M": None, "X": None}, "exploitation.form": {"SEX": 58, "LAB": 44, "_U": 10}}
HIDDEN = {"symbols": {"gender": 9}, "told": {"gender": {"M": (31, 40), "X": (0, 9)}}}


def becomes_stale(news: str) -> None:
    """Something happens to what a draft was drawn from."""
    first = Release.objects.get(pk="2023.p1")
    if news == "erratum":
        say_erratum(first)
        return
    # The section on gender shows what it showed.
    other = {**FORM, "exploitation.form": {"SEX": 57, "LAB": 45, "_U": 10}}
    second = publish(PUBLIC, "2023", other, vintage=2, **HIDDEN)  # type: ignore[arg-type]
    if news == "withdrawal":
        withdraw(first, second)


@pytest.mark.parametrize("news", ["vintage", "withdrawal", "erratum"])
def test_the_author_is_told_at_once_and_the_approver_is_not_asked(
    draft: ReportDraft, writer: User, publisher: User, news: str
) -> None:
    approve_all(draft, writer)
    author, approver, report = browser_of(writer), browser_of(publisher), f"{REPORTS}{draft.pk}/change/"
    assert STALE not in author.get("/admin/").content.decode()
    assert 'id="waiting-reports"' in approver.get("/admin/").content.decode()
    becomes_stale(news)
    home = author.get("/admin/")
    assert STALE in home.content.decode() and f'href="{report}"' in home.content.decode()
    assert "What your draft of an annual report was drawn from has changed: order it again" in text_of(home)
    assert 'id="waiting-reports"' not in approver.get("/admin/").content.decode()
    assert STALE not in browser_of(staff("other", "statistician")).get("/admin/").content.decode()
    page = text_of(author.get(report))
    assert "stale draft: order it again" in page and "Sections that show the same are still finished." in page
    assert "Order the draft again" in page and "Write the next section" not in page
    assert "stale draft: order it again" in text_of(approver.get(REPORTS))
    draft_by(writer)
    assert STALE not in author.get("/admin/").content.decode()


def test_sections_that_show_the_same_stay_finished(draft: ReportDraft, writer: User, publisher: User) -> None:
    approve_all(draft, writer)
    write(draft, writer, "gender:comment", Text("Mange.", "Many."))
    write(draft, writer, "gender:heading", Text("Flest kvinder", "Mostly women"))
    write(draft, writer, "exploitation:comment", Text("Flest i prostitution.", "Mostly in prostitution."))
    becomes_stale("vintage")
    second = staff("second", "statistician")
    later = draft_by(second)
    sections = {place.partition(":")[0] for place in missing_places(later, texts_of(later))}
    assert "gender" not in sections and "exploitation" in sections
    kept = texts_of(later)
    assert (kept["gender:heading"].en, kept["gender:comment"].en) == ("Mostly women", "Many.")
    assert {row.user for row in ReportText.objects.filter(draft=later)} == {writer}
    assert AuditEvent.objects.filter(action="report.draft").latest("at").detail["kept"] == len(kept)
    # What is of other figures is proposed anew, with the comment to be read again, however often the draft is ordered.
    last = draft_by(second)
    assert texts_of(last) == kept
    page = browser_of(second).get(f"{REPORTS}{last.pk}/exploitation/").content.decode()
    assert "Mostly in prostitution." in page


def test_an_erratum_takes_no_figure_from_a_section(draft: ReportDraft, writer: User) -> None:
    approve_all(draft, writer)
    becomes_stale("erratum")
    later = draft_by(writer)
    assert {place.partition(":")[0] for place in missing_places(later, texts_of(later))} == {"method"}


def test_a_text_with_a_number_that_the_report_has_no_more_is_read_again(draft: ReportDraft, writer: User) -> None:
    approve_all(draft, writer)
    write(draft, writer, "gender:comment", Text("Af 70 i 2022.", "Of 70 in 2022."))
    tables = {"": {"": 71}, "gender": {"F": 46, "M": 24}, "exploitation.form": {"SEX": 41, "LAB": 29}}
    publish(PUBLIC, "2022", tables, vintage=2)
    later = draft_by(writer)
    assert "gender:comment" not in texts_of(later)
    assert "Of 70 in 2022." in browser_of(writer).get(f"{REPORTS}{later.pk}/gender/").content.decode()
