"""A release: what it is and how it was made, without figures."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Self

from msgspec import UNSET, Meta, UnsetType

from api.http.bodies import Body, Count, InventedMark, LabelBody, Moment, Schema, about, one_of, schema, value
from api.http.negotiation import LANGUAGES
from api.openapi.schemas import schema_of
from api.statistics.bodies.external import (
    ExternalFigureBody,
    FigureKindBody,
    PublishedOn,
    SourceBody,
    StatedPercentageBody,
)
from api.statistics.vocabulary import AudienceId, AxisId, DatasetId, NoteCodes, PeriodId, ReleaseId
from cases.dimensions import DATASETS
from cases.invented import MARK
from stats.counting.cube import Options
from stats.models import AUTHORITY
from stats.reading.announcements import ErratumNotice, WithdrawalNotice
from stats.reading.datasets import READABLE, axes_of
from stats.reading.entries import EXTERNAL, OWN, CatalogueEntry, Provenance, offer_id
from stats.reading.wording import heading


def totals() -> Schema:
    """A number for each dataset."""
    count, _ = schema_of(Count)
    return {"type": "object", "properties": dict.fromkeys(DATASETS, count), "additionalProperties": False}


Totals = Annotated[dict[str, int], value("Totals", totals)]
Digest = Annotated[str, Meta(pattern="^[0-9a-f]{64}$")]
Positive = Annotated[int, Meta(ge=1), schema(format_="int32")]


class ErratumBody(Body):
    """What has to be known of a release that is wrong."""

    at: Moment
    text: LabelBody
    of_total: Annotated[bool, about("Whether the total is wrong.")]

    @classmethod
    def of(cls, erratum: ErratumNotice) -> Self:
        return cls(erratum.at.isoformat(), LabelBody.of(erratum.text), erratum.of_total)


class ReleaseWithdrawalBody(Body):
    """When and why a release was withdrawn, and what replaces it."""

    at: Moment
    reason: Annotated[str, about("A line of Danish, then one of English; one line where the two are the same.")]
    replacement: Annotated[ReleaseId | None, about("Null where none stands in its place: its address answers 410.")]

    @classmethod
    def of(cls, notice: WithdrawalNotice) -> Self:
        return cls(notice.at.isoformat(), notice.reason, notice.replacement or None)


class ReleaseTableBody(Body):
    """A table of a release."""

    dataset: DatasetId
    axes: list[AxisId]
    title: LabelBody
    offered: Annotated[bool, about("Whether it answers; one that would show too little does not.")]

    @classmethod
    def of(cls, release: CatalogueEntry, dataset: str, table: str) -> Self:
        axes, title = axes_and_title(dataset, table)
        return cls(dataset, axes, title, offered=offer_id(dataset, table) in release.offered_tables)


def axes_and_title(dataset: str, table: str) -> tuple[list[str], LabelBody]:
    """The axes of a table, and the table in words."""
    axes = axes_of(dataset, table)
    title = LabelBody(*(heading(READABLE[dataset], axes, language) for language in LANGUAGES))
    return [axis.id for axis in axes], title


class CoverageRowBody(Body):
    """Partners of some kinds. `complete` includes those that said there was nothing, and those that declared nothing."""

    kinds: Annotated[list[str], about("Kinds of partners; those with few partners stand together.")]
    expected: Count
    complete: Count
    late: Count
    begun: Annotated[Count, about("They had referrals, had not declared a period complete, and it was not due.")]
    missing: Annotated[Count, about("Nothing had come of one of their periods.")]


class CoverageBody(Body):
    """How many of the expected partners the figures count on, as it was built. Never by name."""

    expected: Count
    rows: Annotated[list[CoverageRowBody], about("Empty where too few partners are expected.")]
    nil: Annotated[Count | None, about("Of all: those that said there was nothing; null where that is not told.")]
    undeclared: Annotated[
        Count | None,
        about("Of all: those of which a period is complete by its deadline alone; null where that is not told."),
    ]

    @classmethod
    def of(cls, note: Mapping[str, Any]) -> Self:
        rows = [CoverageRowBody(**row) for row in note["rows"]]
        return cls(note["expected"], rows, note["nil"], note["undeclared"])


class ReleaseBody(Body, kw_only=True):
    """One period, counted as of one moment for one audience; immutable."""

    id: ReleaseId
    kind: Annotated[str, one_of([OWN, EXTERNAL]), about("Whether it is our own.")]
    period: PeriodId
    vintage: Annotated[Positive, about("Counts up with each release of the period.")]
    audience: AudienceId
    invented: InventedMark = UNSET
    as_of: Annotated[Moment | None, about("What was current then is counted; null where it is not known.")]
    built_at: Annotated[Moment | None, about("Null for what is published elsewhere.")]
    # Of an exact release.
    depth: Annotated[Positive, about("How many dimensions a table may have.")] | UnsetType = UNSET
    dimensions: Annotated[dict[str, list[str]], about("The dimensions of each dataset.")] | UnsetType = UNSET
    # Of one for everybody or for authorities, and of what is published elsewhere.
    published_at: Moment | UnsetType | None = UNSET
    threshold: Annotated[Count, about("Fewer persons than this are not shown.")] | UnsetType = UNSET
    deviation: Annotated[Count, about("For authorities: how far a figure may be from the true one.")] | UnsetType = (
        UNSET
    )
    variance: Annotated[Count, about("For authorities: of the random changes.")] | UnsetType = UNSET
    published: (
        Annotated[
            PublishedOn | None,
            about("Published elsewhere: the day or year of its latest source; null: not known."),
        ]
        | UnsetType
    ) = UNSET
    kinds: Annotated[list[FigureKindBody], about("How firm its figures are.")] | UnsetType = UNSET
    sources: Annotated[list[SourceBody], about("Where it is published elsewhere.")] | UnsetType = UNSET
    tables: list[ReleaseTableBody] | UnsetType = UNSET
    commitment: (
        Annotated[Digest, about("The SHA-256 of the key of the release, which is kept elsewhere.")] | UnsetType
    ) = UNSET
    coverage: (
        Annotated[
            CoverageBody, about("Of one release, not in the list: how many of the expected partners had reported.")
        ]
        | UnsetType
    ) = UNSET
    withdrawn: Annotated[ReleaseWithdrawalBody | None, about("Null while it stands.")] | UnsetType = UNSET
    codelists: Annotated[dict[str, str], about("The version of each code list.")]
    notes: NoteCodes
    change_notes: Annotated[LabelBody | None, about("What changed since the vintage before; null of a first one.")]
    errata: Annotated[list[ErratumBody], about("What has to be known of it, the oldest first.")]
    reasons: Annotated[
        list[LabelBody],
        about(
            "Why it was published although something spoke against it, as `notes` say: of the order, and of the approval."
        ),
    ]
    # Of an exact one, for a purpose.
    records: Annotated[Totals, about("How many records were counted. Exact.")] | UnsetType = UNSET
    unresolved: (
        Annotated[
            dict[str, dict[str, Count]],
            about(
                "Of each dataset, by dimension, how many records are `_U` because what is known contradicts itself; "
                "no zeros. Exact."
            ),
        ]
        | UnsetType
    ) = UNSET
    cells: Annotated[Totals, about("How many cells are stored. Exact.")] | UnsetType = UNSET
    digest: Annotated[Digest, about("Of every cell: of a small release it could be guessed from.")] | UnsetType = UNSET
    # Of what is published elsewhere.
    figures: (
        Annotated[list[ExternalFigureBody], about("Each figure with its source; of one release, not in the list.")]
        | UnsetType
    ) = UNSET
    stated: (
        Annotated[
            list[StatedPercentageBody],
            about("Percentages of the sources, beside what they should be; not in the list."),
        ]
        | UnsetType
    ) = UNSET

    @classmethod
    def of(cls, release: CatalogueEntry) -> Self:
        """A release without figures. It has no digest of its cells: of a small release they could be guessed from it."""
        notes = release.announcements.change_notes
        body = cls(
            id=release.id,
            kind=release.kind,
            period=release.period.id,
            vintage=release.vintage,
            audience=release.audience,
            invented=LabelBody.of(MARK) if release.invented else UNSET,
            as_of=release.as_of.isoformat() if release.as_of else None,
            built_at=release.built_at.isoformat() if release.built_at else None,
            codelists=release.codelists,
            notes=list(release.notes),
            change_notes=LabelBody.of(notes) if notes else None,
            errata=[ErratumBody.of(erratum) for erratum in release.announcements.errata],
            reasons=[LabelBody.of(each) for each in release.announcements.reasons],
        )
        if release.kind == EXTERNAL:
            body.add_sources(release)
        elif release.terms.options is not None:
            body.add_options(release.terms.options)
        else:
            body.add_protection(release)
        return body

    def add_options(self, options: Options) -> None:
        """Say which tables an exact release has."""
        self.depth = options.depth
        self.dimensions = {name: list(names) for name, names in options.dimensions.items()}

    def add_protection(self, release: CatalogueEntry) -> None:
        """Say how a protected release was made, when it was published, and whether it was withdrawn."""
        self.published_at = release.published_at.isoformat() if release.published_at else None
        terms = release.terms
        self.threshold = UNSET if terms.threshold is None else terms.threshold
        if release.audience == AUTHORITY:
            self.deviation, self.variance = terms.deviation, terms.variance
        self.tables = tables(release)
        self.commitment = release.commitment
        self.withdrawn = ReleaseWithdrawalBody.of(release.withdrawal) if release.withdrawal else None

    def add_sources(self, release: CatalogueEntry) -> None:
        """Say where others published a release, and how firm its figures are."""
        self.published_at = release.published_at.isoformat() if release.published_at else None
        provenance = release.provenance
        self.published = provenance.publication_date
        self.kinds = [FigureKindBody.of(kind) for kind in provenance.kinds]
        self.sources = [SourceBody.of(source) for source in provenance.sources]
        self.tables = tables(release)

    def add_figures(self, provenance: Provenance) -> None:
        """Add the figures that others published, and the percentages that they state."""
        self.figures = [ExternalFigureBody.of(figure) for figure in provenance.figures]
        self.stated = [StatedPercentageBody.of(each) for each in provenance.stated_changes]

    def add_totals(self, totals: Mapping[str, Any]) -> None:
        """Add how many records and cells an exact release has."""
        self.records, self.unresolved = totals["records"], totals["unresolved"]
        self.cells, self.digest = totals["cells"], totals["digest"]


def tables(release: CatalogueEntry) -> list[ReleaseTableBody]:
    """The tables of a release, by dataset."""
    return [
        ReleaseTableBody.of(release, dataset, table) for dataset, each in release.terms.tables.items() for table in each
    ]


class ReleasesBody(Body):
    """Releases, by period, the latest first."""

    items: list[ReleaseBody]
