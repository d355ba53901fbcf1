"""The annual reports of the demo: drafted and written by one person, published by another, with a little commentary."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth.models import User

from core.text import Text
from partners.audit import Actor
from publications.annual import publishing, texts
from publications.annual.drafting import make_draft
from publications.annual.models import ReportDraft, ReportPublication
from publications.annual.places import proposals
from publications.annual.stored import from_json
from publications.annual.work import work

# 2019 is the year whose published figures the demo's records give again.
YEARS_OF_REPORTS = (2019, 2022, 2023)
# By place; of every year, so without its figures.
COMMENTS = {
    "key-figures:comment": Text(
        "Tallene er opdigtede: de er dannet, så de ligner de offentliggjorte.\n\n"
        "Når et antal stiger, kan det have flere årsager:\n\n"
        "- flere bliver udnyttet\n- flere bliver fundet\n- flere henvender sig selv",
        "The figures are invented: they are made to resemble the published ones.\n\n"
        "When a number rises, that can have several causes:\n\n"
        "- more persons are exploited\n- more persons are found\n- more persons come forward themselves",
    ),
    "citizenship:comment": Text(
        "Statsborgerskab viser ikke, hvor en person er udnyttet, og heller ikke, hvorfra den pågældende rejste til Danmark.",
        "Citizenship does not say where a person was exploited, nor from where that person travelled to Denmark.",
    ),
}


def publish_reports(say: Callable[[str], None], author: User, approver: User) -> None:
    """Publish the report of each year that has none, and make what readers get of it."""
    years_published = set(ReportPublication.objects.values_list("year", flat=True))
    for year in YEARS_OF_REPORTS:
        if year not in years_published:
            say(f"writing the annual report of {year}")
            draft = make_draft(by=Actor.of(author), year=year)
            write_all(draft, author)
            publishing.publish(by=Actor.of(approver), draft_id=draft.pk, last_text=texts.last_text(draft))
    work(say)


def write_all(draft: ReportDraft, author: User) -> None:
    """Approve everything that is proposed, and add the comments."""
    of_languages = [proposals(from_json(draft.documents[language])) for language in Text._fields]
    proposals_found = {place: Text(*(each[place] for each in of_languages)) for place in of_languages[0]}
    for place, text in {**proposals_found, **COMMENTS}.items():
        texts.write(by=Actor.of(author), draft=draft, place=place, text=text)
