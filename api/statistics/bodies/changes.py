"""What changed between two vintages of a release."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Self

from msgspec import UNSET, field

from api.http.bodies import Body, Count, InventedMark, LabelBody, about, schema
from api.statistics.bodies.releases import axes_and_title
from api.statistics.vocabulary import AudienceId, AxisId, DatasetId, ReleaseId, ValueStatus
from cases.invented import MARK
from stats.counting.cube import SEPARATOR
from stats.reading.measures import CellStatus, count, legend
from stats.reading.sum_words import NO_DATA
from stats.revisions.changes import TableChanges, VintagePair


class ChangedCellBody(Body):
    """One cell in both vintages."""

    codes: Annotated[list[str], about("A code for each axis.")]
    before: Annotated[Count | None, about("What the earlier vintage shows, null where it is hidden or no data.")]
    after: Annotated[Count | None, about("What the later vintage shows, null where it is hidden or no data.")]
    change: Annotated[Annotated[int, schema(format_="int32")] | None, about("Null where it is hidden or no data.")]
    status: ValueStatus

    @classmethod
    def of(cls, codes: str, before: int | None, after: int | None, change: int | None, *, is_known: bool) -> Self:
        """A cell as it is answered. The total has no codes."""
        status = count(change)[1] if is_known else CellStatus.NOT_PUBLISHED
        return cls(codes.split(SEPARATOR) if codes else [], before, after, change, status)


class ChangedTableBody(Body):
    """The changes of one table."""

    dataset: DatasetId
    axes: list[AxisId]
    title: LabelBody
    rows: list[ChangedCellBody]

    @classmethod
    def of(cls, table: TableChanges) -> Self:
        rows = zip(table.codes, table.before, table.after, table.change, strict=True)
        return cls(
            table.dataset,
            *axes_and_title(table.dataset, table.axes),
            [ChangedCellBody.of(*row, is_known=row[0] not in table.not_known) for row in rows],
        )


class ChangesBody(Body):
    """What changed between two vintages of a release."""

    release: ReleaseId
    since: ReleaseId = field(name="from")
    audience: AudienceId
    change_notes: LabelBody | None
    status: Annotated[dict[str, LabelBody], about("What a status means.")]
    unlisted: Annotated[ValueStatus, about("A cell that is not listed: `A` did not change, `Q` is hidden.")]
    tables: list[ChangedTableBody]
    invented: InventedMark = UNSET

    @classmethod
    def of(cls, pair: VintagePair, tables: Iterable[TableChanges]) -> Self:
        """The changes as they are answered. A cell that is not listed is as `unlisted` says."""
        release, notes = pair.release, pair.release.announcements.change_notes
        meanings, every_table = legend(release.terms.threshold), list(tables)
        return cls(
            release=release.id,
            since=pair.since.id,
            audience=release.audience,
            change_notes=LabelBody.of(notes) if notes else None,
            status={
                status: LabelBody.of(text)
                for status, text in meanings.items()
                if status in {CellStatus.NORMAL, CellStatus.HIDDEN}
            }
            | (
                {CellStatus.NOT_PUBLISHED: LabelBody.of(NO_DATA)} if any(each.not_known for each in every_table) else {}
            ),
            unlisted=pair.status_of_rest,
            tables=[ChangedTableBody.of(table) for table in every_table],
            invented=LabelBody.of(MARK) if release.invented else UNSET,
        )
