"""The kept pictures of an answer, as pages read them. Nothing is drawn here."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

from django.conf import settings
from django.db.models import QuerySet

from cases.dimensions import table_id
from core.rows import ListQuery
from publications.figures.models import ChartPicture
from stats.models import PUBLIC
from stats.reading.published_figures import PublishedAnswer

# Of what stands for an answer, in hexadecimal digits.
ID_LENGTH = 32
NAMES = "SELECT name FROM figures_chartpicture WHERE answer = %s ORDER BY place"
OF_SEVERAL = "SELECT answer, name FROM figures_chartpicture WHERE answer IN ({}) ORDER BY answer, place"


def answer_id(answer: PublishedAnswer, language: str) -> str:
    """What stands for the charts of an answer in a language: for the version that draws, what is asked, and what answers.

    Figures are drawn once, however they are asked for: by their year, by their release, or as they were at a moment. A new vintage,
    an erratum, or anything that is told of hidden cells since makes it another. Raises `ValueError` for what is not public.
    """
    if answer.audience != PUBLIC:
        raise ValueError("only what everybody may read has pictures")
    query = answer.query
    filters = [f"{axis.id}={code}" for axis, code in query.filters]
    releases = [one.key_at(query.moment) for each in answer.periods for one in each.sources]
    text = repr((settings.HENVIS_VERSION, language, query.dataset.id, table_id(query.by), filters, releases))
    return hashlib.sha256(text.encode()).hexdigest()[:ID_LENGTH]


def names_of(answer: str) -> ListQuery[str]:
    """The names of the pictures of an answer, in their order: what every reading of a page with charts asks for."""
    return ListQuery(NAMES, (answer,), str)


def names_of_each(answers: Sequence[str]) -> ListQuery[tuple[str, str]]:
    """The same of several answers, each name with its answer."""
    return ListQuery(OF_SEVERAL.format(", ".join(["%s"] * len(answers))), tuple(answers), pair)


def pair(answer: str, name: str) -> tuple[str, str]:
    """An answer and the name of one of its pictures."""
    return answer, name


def first_of(answers: Iterable[str]) -> QuerySet[ChartPicture]:
    """The first picture of each answer that has one, in the form of a narrow page alone."""
    return ChartPicture.objects.filter(answer__in=list(answers), place=0).defer("png", "svg")


def of_answer(answer: str) -> QuerySet[ChartPicture]:
    """The pictures of an answer for a page, in their order, without the PNG."""
    return ChartPicture.objects.filter(answer=answer).order_by("place").defer("png")


def find(answer: str, name: str) -> ChartPicture | None:
    """One picture, with all of its forms; None where there is none. One statement."""
    return ChartPicture.objects.filter(answer=answer, name=name).first()
