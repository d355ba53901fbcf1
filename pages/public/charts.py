"""Charts on pages: the pictures that the worker has drawn of an answer, their files, and what is shown of a page elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Self

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls.converters import StringConverter
from django.utils.cache import get_conditional_response

from core.answers import tag_of
from core.rows import ListQuery, ask, ask_both
from pages.base.addresses import address_of
from pages.base.frame import PageAddress
from pages.public.words import CHARTS
from publications.figures import pictures
from publications.figures.chart import ChartKind
from publications.figures.models import ChartPicture
from stats.reading.published_figures import PublishedAnswer

NAME = "picture"
FORMS = {"svg": "image/svg+xml", "png": "image/png"}
# The address of a file names all that it is a function of.
FOR_EVER = "public, max-age=31536000, immutable"
LOCALES = {"da": "da_DK", "en": "en_GB"}


class AnswerConverter(StringConverter):
    """The part of an address that names an answer, as `pictures.answer_id` writes it. The database is asked for nothing else."""

    regex = f"[0-9a-f]{{{pictures.ID_LENGTH}}}"


class FormConverter(StringConverter):
    """The form of a file, as its address ends."""

    regex = "|".join(FORMS)


@dataclass(frozen=True)
class PageCharts:
    """The charts of an answer on a page. None, where they are not drawn yet: then the page has its table alone."""

    answer: str
    names: tuple[str, ...]
    language: str

    @classmethod
    def of(cls, answer: PublishedAnswer, language: str) -> Self:
        """What is there of an answer. One statement."""
        name = pictures.answer_id(answer, language)
        return cls(name, ask(pictures.names_of(name)), language)

    @classmethod
    def with_others[Row](
        cls, answer: PublishedAnswer, language: str, others: Iterable[str], query: ListQuery[Row]
    ) -> tuple[Self, tuple[str, ...], tuple[Row, ...]]:
        """What is there of an answer and, as a key, of others by their ids; and a list that the page shows too. One statement."""
        name = pictures.answer_id(answer, language)
        pairs, rows = ask_both(pictures.names_of_each([name, *others]), query)
        names = tuple(chart for of, chart in pairs if of == name)
        return cls(name, names, language), tuple(chart for of, chart in pairs if of != name), rows

    @property
    def key(self) -> tuple[str, ...]:
        """What the charts of the page are a function of."""
        return (self.answer, *self.names)

    def context(self, base: str, place: PageAddress) -> dict[str, Any]:
        """What templates show of them. One statement where there are some."""
        rows = [*pictures.of_answer(self.answer)] if self.names else []
        return {
            "charts": [{"picture": row, "files": [*self.files(row)]} for row in rows],
            "beside": any(row.kind == ChartKind.MAP for row in rows),
            "charts_words": {name: text(self.language) for name, text in CHARTS.items()},
            "sharing": {
                "url": f"{base}{place.address(self.language)}",
                "locale": LOCALES[self.language],
                "other_locale": LOCALES[place.other],
                "picture": rows[0] if rows else None,
                "image": f"{base}{self.address(rows[0], 'png')}" if rows else "",
            },
        }

    def files(self, row: ChartPicture) -> Iterator[tuple[str, str]]:
        """The forms of a picture, and where each is."""
        for form in FORMS:
            yield form.upper(), self.address(row, form)

    def address(self, row: ChartPicture, form: str) -> str:
        return address_of(NAME, self.language, answer=self.answer, chart=row.name, form=form)


def picture(request: HttpRequest, language: str, answer: str, chart: str, form: str) -> HttpResponseBase:
    """A picture as a file. It never changes."""
    row = pictures.find(answer, chart) if chart.endswith(f"-{language}") else None
    if row is None:
        raise Http404
    tag = tag_of((NAME, answer, chart, form))
    response = get_conditional_response(request, etag=tag)
    if response is None:
        content = row.svg if form == "svg" else bytes(row.png)
        response = HttpResponse(content, content_type=FORMS[form])
        response["Content-Disposition"] = f'inline; filename="{chart}.{form}"'
    response["ETag"], response["Cache-Control"] = tag, FOR_EVER
    return response
