"""A release as it is cited."""

from __future__ import annotations

from typing import Annotated, Self

from msgspec import UNSET, Meta, UnsetType, convert, field

from api.http.bodies import Body, LabelBody, Uri, about, schema
from api.statistics.vocabulary import ReleaseId
from stats.revisions.citation import Citation


class CslNameBody(Body):
    """Who publishes."""

    literal: str


class CslDateBody(Body):
    """A day, a month or a year."""

    parts: list[list[Annotated[int, schema(format_="int32")]]] = field(name="date-parts")


class CslItemBody(Body, kw_only=True):
    """A release in CSL-JSON."""

    id: str
    type: Annotated[str, schema(const="dataset")]
    title: str
    author: list[CslNameBody]
    publisher: str
    issued: Annotated[CslDateBody, about("Not there where no day is known.")] | UnsetType = UNSET
    version: str
    url: Uri = field(name="URL")
    language: str
    note: str
    status: Annotated[str, schema(const="withdrawn")] | UnsetType = UNSET


CslItems = Annotated[list[CslItemBody], Meta(min_length=1, max_length=1, description="CSL-JSON.")]


class CitationBody(Body):
    """A release in every form in which it is cited."""

    release: ReleaseId
    withdrawn: bool
    text: LabelBody
    bibtex: Annotated[str, about("BibTeX, in the language of the answer.")]
    csl: CslItems

    @classmethod
    def of(cls, citation: Citation, language: str) -> Self:
        """A citation as it is answered. `bibtex` and `csl` are in the language of the answer."""
        return cls(
            release=citation.release.id,
            withdrawn=citation.release.withdrawal is not None,
            text=LabelBody(citation.words("da"), citation.words("en")),
            bibtex=citation.bibtex(language),
            csl=csl(citation, language),
        )


def csl(citation: Citation, language: str) -> list[CslItemBody]:
    """A list of one item."""
    return convert(citation.csl(language), list[CslItemBody])
