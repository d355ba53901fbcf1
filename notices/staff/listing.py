"""The list of notices: what stands in each row, read for all rows at once."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from core.text import say
from notices.acknowledging import words_of_reach
from notices.languages import LANGUAGES
from notices.models import Acknowledgement, Notice
from notices.staff.pages import in_its_language, is_withdrawn
from notices.texts import with_title
from partners.models import OPEN_ORGANISATIONS, Partner
from partners.staff.naming import NOTHING


def with_columns(rows: QuerySet[Notice]) -> QuerySet[Any]:
    """Notices with `first_title`, and with `seen_by`: how many of `partners` have seen it. Three statements for the list."""
    partners = Partner.objects.filter(OPEN_ORGANISATIONS)
    answers = Acknowledgement.objects.filter(notice=OuterRef("pk"), partner__in=partners).order_by().values("notice")
    number = Subquery(answers.annotate(number=Count("partner", distinct=True)).values("number"))
    counts = {"seen_by": Coalesce(number, 0), "partners": Value(partners.count())}
    return with_title(rows.prefetch_related("publications").annotate(**counts))


def title_of(notice: Any) -> str:
    """Its title in the first language."""
    return in_its_language(notice.language, notice.first_title) if notice.first_title else NOTHING


def languages_of(notice: Notice) -> str:
    """The languages in which it is published."""
    tags = dict.fromkeys(row.language for row in notice.publications.all())
    return ", ".join(str(LANGUAGES[tag].name) for tag in tags) or NOTHING


def reach_of(notice: Any) -> str:
    """`14 of 19 partners`."""
    return str(words_of_reach(notice.seen_by, notice.partners)) if notice.publications.all() else NOTHING


def state_of(notice: Notice) -> str:
    """Whether readers get it."""
    if is_withdrawn(notice):
        return str(say("trukket tilbage", "withdrawn"))
    return str(say("gælder", "holds") if notice.publications.all() else say("ikke udgivet", "not published"))
