"""Published releases, written straight into the tables: any cells, whatever a build would have made of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission

from cases.dimensions import PERSONS
from core.text import Text
from partners.audit import Actor
from stats.counting.cube import Options
from stats.models import (
    AUTHORITY,
    PUBLIC,
    Certificate,
    Erratum,
    ErratumDecision,
    Publication,
    PublishedChange,
    PublishedSumCoverage,
    PublishedSumTable,
    PublishedSumTold,
    PublishedTable,
    PublishedTold,
    Release,
    Withdrawal,
)
from stats.periods import Period
from stats.protection.verify.certificate import FORMAT
from stats.revisions.errata import add_erratum, decide_erratum
from stats.sums.datasets import DATASETS_AS_READ
from tests.stats.records import NOTES, at

# A table's cells: the count of each code, None for one that is hidden.
Cells = Mapping[str, int | None]
Pair = tuple[int | None, int | None]
# What is told of the hidden cells of a table: by code the least, the most.
Told = Mapping[str, tuple[int, int | None]]
# Sums: by dataset, measure and table the cells of each.
Sums = Mapping[tuple[str, str, str], Cells]
ToldSums = Mapping[tuple[str, str, str], Told]
LETTERS = {PUBLIC: "p", AUTHORITY: "a"}


def draft(audience: str, period: str, given: Mapping[str, Cells], vintage: int = 1, **changes: Any) -> Release:
    """The row of a protected release that nobody has published, whose tables are those given."""
    of = Period.parse(period)
    assert of is not None
    settings = {"threshold": 5, "deviation": 5, "variance": 4, **changes.pop("settings", {})}
    row = {
        "id": f"{period}.{LETTERS[audience]}{vintage}",
        "period": period,
        "first_month": of.first,
        "last_month": of.last,
        "vintage": vintage,
        "audience": audience,
        "as_of": at(vintage),
        "settings": {"tables": {PERSONS.id: list(given)}, "most_dimensions": 3, **settings},
        "codelists": Options.choose().codelists(),
        "records": {PERSONS.id: 99},
        "cells": {PERSONS.id: 99},
        "snapshots": {PERSONS.id: "5" * 64},
        "digest": "d" * 64,
        "commitment": "c" * 64,
        "software": "0",
        **({"change_notes_da": NOTES.da, "change_notes_en": NOTES.en} if vintage > 1 else {}),
    }
    return Release.objects.create(**{**row, **changes})


def publish(
    audience: str,
    period: str,
    given: Mapping[str, Cells],
    vintage: int = 1,
    *,
    offered: Mapping[str, bool] | None = None,
    certificate: Mapping[str, Any] | None = None,
    when: datetime | None = None,
    changes: tuple[Release, Mapping[str, Mapping[str, Pair]]] | None = None,
    symbols: Mapping[str, int] | None = None,
    told: Mapping[str, Told] | None = None,
    narrowed: Mapping[tuple[str, str], Told] | None = None,
    sums: Sums | None = None,
    told_sums: ToldSums | None = None,
    whole: bool = False,
    behind: Mapping[str, tuple[int, int, int]] | None = None,
    **columns: Any,
) -> Release:
    """A published release. Every table is offered unless `offered` says otherwise. `when` it was built and published: now.

    `changes`: the vintage before, and for each table what each of the two shows of some cells. `symbols` and `told`: by table its
    symbol and what is told of its hidden cells; those that are told as 0 to the symbol are within it. `narrowed`: what it tells
    of the tables of earlier releases, by id and table. `sums` and `told_sums`: its sums of counts, and what is told of them;
    `whole`: of all reports. `behind`: by dataset of sums how many reports were due, came, and know each number.
    """
    moment = {} if when is None else {"built_at": when}
    release = draft(audience, period, given, vintage, **moment, **columns)
    for axes, cells in given.items():
        shown = {code: count for code, count in cells.items() if count is not None}
        symbol = (symbols or {}).get(axes)
        within = [code for code, bounds in (told or {}).get(axes, {}).items() if bounds == (0, symbol)]
        PublishedTable.objects.create(
            release=release,
            dataset=PERSONS.id,
            axes=axes,
            codes=list(shown),
            counts=list(shown.values()),
            hidden=[code for code in cells if code not in shown],
            symbol=symbol,
            within=within,
            offered=(offered or {}).get(axes, True),
        )
    own_tables = {(release.pk, axes): cells for axes, cells in (told or {}).items()}
    for (of, axes), intervals in {**own_tables, **(narrowed or {})}.items():
        tell(release, of, axes, intervals)
    put_sums(release, sums or {}, told_sums or {}, behind or {}, whole=whole)
    if changes is not None:
        changed(release, *changes)
    if audience == PUBLIC:
        Certificate.objects.create(release=release, body=certificate or bare(release))
    approved = {} if when is None else {"published_at": when}
    Publication.objects.create(release=release, user=staff("approver"), **approved)
    return release


def tell(release: Release, of: str, axes: str, intervals: Told) -> None:
    """What a release that is published with this call tells of the hidden cells of a table of one."""
    PublishedTold.objects.create(
        release=release,
        of_id=of,
        dataset=PERSONS.id,
        axes=axes,
        codes=list(intervals),
        least=[least for least, _ in intervals.values()],
        most=[most for _, most in intervals.values()],
    )


def put_sums(
    release: Release, sums: Sums, told: ToldSums, behind: Mapping[str, tuple[int, int, int]], *, whole: bool
) -> None:
    """The sums of a release that is published with this call. Of 12 reports of each dataset 11 came, one with a blank.

    `whole`: all came, and each has every number. `behind`: of which datasets other reports were due, came, and know each number.
    """
    for (dataset, measure, axes), cells in sums.items():
        shown = {code: count for code, count in cells.items() if count is not None}
        PublishedSumTable.objects.create(
            release=release,
            dataset=dataset,
            measure=measure,
            axes=axes,
            codes=list(shown),
            counts=list(shown.values()),
            hidden=[code for code in cells if code not in shown],
        )
    for (dataset, measure, axes), intervals in told.items():
        PublishedSumTold.objects.create(
            release=release,
            of=release,
            dataset=dataset,
            measure=measure,
            axes=axes,
            codes=list(intervals),
            least=[least for least, _ in intervals.values()],
            most=[most for _, most in intervals.values()],
        )
    for dataset in dict.fromkeys(dataset for dataset, _, _ in sums):
        due, came, known = behind.get(dataset, (12, 11 + whole, 12))
        is_given = dataset in behind
        blank = not (whole or is_given)
        knowing = {name: known - (blank and n == 0) for n, name in enumerate(DATASETS_AS_READ[dataset].units)}
        PublishedSumCoverage.objects.create(
            release=release, dataset=dataset, due=due, came=came, beside=int(blank), knowing=knowing
        )


def changed(release: Release, since: Release, given: Mapping[str, Mapping[str, Pair]]) -> None:
    """What changed in a release that is published with this call: for each table what each vintage shows of some cells."""
    for axes, cells in given.items():
        PublishedChange.objects.create(
            release=release,
            since=since,
            dataset=PERSONS.id,
            axes=axes,
            codes=list(cells),
            before=[before for before, _ in cells.values()],
            after=[after for _, after in cells.values()],
            change=[None if None in pair else pair[1] - pair[0] for pair in cells.values()],  # type: ignore[operator]
        )


def withdraw(
    release: Release,
    replacement: Release | None,
    reason: str = "Late decisions were missing.",
    when: datetime | None = None,
) -> Withdrawal:
    """Withdraw a published release, now or at a moment. `replacement`: None where two approvers withdrew what nothing replaces."""
    moment = {} if when is None else {"withdrawn_at": when}
    return Withdrawal.objects.create(
        release=release, replacement=replacement, reason=reason, user=staff("approver"), **moment
    )


def say_erratum(
    release: Release | str, da: str = "Fejl.", en: str = "Error.", by: Any = None, *, of_total: bool = False
) -> Erratum:
    """An erratum that a colleague has read: everybody reads it."""
    name = release if isinstance(release, str) else release.pk
    writer = by or editor("editor")
    erratum = Erratum.objects.create(release_id=name, text_da=da, text_en=en, of_total=of_total, user=writer)
    ErratumDecision.objects.create(erratum=erratum, approved=True, user=editor("errata-reader"))
    return erratum


def publish_erratum(release: str, text: Text) -> Erratum:
    """An erratum as one person writes it and another one publishes it, through the functions that pages call."""
    erratum = add_erratum(by=Actor.of(editor("editor")), release_id=release, text=text)
    decide_erratum(by=Actor.of(editor("errata-reader")), erratum=erratum, approve=True)
    return erratum


def staff(name: str) -> Any:
    """A member of staff."""
    return get_user_model().objects.get_or_create(username=name, defaults={"is_staff": True})[0]


def editor(name: str) -> Any:
    """A member of staff who writes errata and decides on them."""
    user = staff(name)
    user.user_permissions.add(Permission.objects.get(codename="add_erratum"))
    return user


def bare(release: Release) -> dict[str, Any]:
    """A certificate of nothing."""
    return {"format": FORMAT, "release": release.pk, "given": [release.pk], "blocks": []}
