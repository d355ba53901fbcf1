"""A file: its content, which is one document as JSON, and the same as CSV with a row for each figure; making it, and sending it.

The database holds each figure against what is published, and asks for a second person who marks the file as sent.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from cases.errors import DomainError
from cases.invented import mark
from core.refusals import raised_as
from core.text import in_one, say
from oversight.reporting.notes import COUNTED, notes_of, number_in
from partners import audit
from partners.audit import Actor
from publications.international.bodies import BODIES
from publications.international.fields import SOURCES
from publications.international.models import InternationalFile
from publications.international.reading import figures_of, release_of, releases_of
from publications.international.shapes import FigureState, ReceivingBody

FORMAT = "henvis international file 1"
COLUMNS = (
    "body", "year", "field", "place", "field_label", "period", "breakdown", "cell", "labels", "terms", "value", "at_least",
    "at_most", "status", "unit", "coverage", "definition", "release", "vintage", "statement",
)  # fmt: skip
# The member, and the last column, of a file of a database of invented records.
INVENTED = "invented"
NO_NOTE = "No coverage note was kept with the release."
# What a reader must know of every file, whatever the body.
LEGEND = {
    FigureState.KNOWN: "The figure is published.",
    FigureState.NONE: "Zero: it is known that there was none.",
    FigureState.AT_LEAST: "At least this much: not every report came, or not every one knows it.",
    FigureState.NOT_SHOWN: (
        "The release does not show the figure, for the protection of persons. The ends are those that are published."
    ),
    FigureState.NOT_KNOWN: "Blank: the figure is not known.",
    FigureState.NO_TABLE: "The release of the period offers no such table.",
    FigureState.NO_PERIOD: "There is no release of the period.",
    FigureState.NO_RELEASE: "No release counts this.",
}
DRAWN_FROM = (
    "Every figure is drawn from published releases that are protected against disclosure. "
    "The same figures can be read by everybody."
)


def content_of(body: ReceivingBody, year: int) -> dict[str, Any]:
    """The document of a body's file of a year."""
    periods = body.periods(year)
    releases = releases_of(periods)
    notes = notes_of([each.id for each in releases])
    figures = [each.as_json for each in figures_of(body, year)]
    days = dict(zip(("in_principle", "latest"), map(str, body.due.of(year)), strict=True)) if body.due else None
    return {
        "format": FORMAT,
        "body": body.id,
        "name": body.name.en,
        "year": year,
        "periods": periods,
        "statement": body.statement.en,
        "drawn_from": DRAWN_FROM,
        **({INVENTED: text.en} if (text := mark()) else {}),
        "due": days,
        "legend": {str(state): meaning for state, meaning in LEGEND.items()},
        "fields": [
            {
                "id": each.id,
                "place": each.place.en,
                "label": each.label.en,
                "definition": each.definition.en,
                "unit": SOURCES[each.source].unit.en,
                "state": str(state),
                "why": why.en,
            }
            for each in body.fields
            for state, why in [
                each.state_with({FigureState(one["status"]) for one in figures if one["field"] == each.id})
            ]
        ],
        "releases": [
            {
                "id": each.id,
                "period": each.period.id,
                "vintage": each.vintage,
                "published_at": each.published_at.isoformat() if each.published_at else None,
                "coverage": coverage_of(notes.get(each.id)),
            }
            for each in releases
        ],
        "figures": figures,
        "software": settings.HENVIS_VERSION,
    }


def coverage_of(note: dict[str, Any] | None) -> str:
    """How many of the expected partners are behind a release: the sums over its rows, where any are told."""
    if note is None:
        return NO_NOTE
    sums = {name: sum(row[name] for row in note["rows"]) for name in COUNTED}
    numbers = [number_in(note, "expected"), *(number_in(sums, name) for name in sums if note["rows"])]
    return in_one(*numbers).en


def json_of(content: dict[str, Any]) -> bytes:
    """The document as a file. The same document is the same bytes."""
    return json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True).encode() + b"\n"


def csv_of(content: dict[str, Any]) -> bytes:
    """The document as CSV in UTF-8. What is not shown is said in the place of its value; what is not known is blank."""
    text = io.StringIO()
    columns = [*COLUMNS, *([INVENTED] if INVENTED in content else [])]
    writer = csv.DictWriter(text, columns, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(lines_of(content))
    return text.getvalue().encode()


def lines_of(content: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """A line for each figure, with what the document says of its field and its release."""
    fields = {each["id"]: each for each in content["fields"]}
    coverage = {each["id"]: each["coverage"] for each in content["releases"]}
    for figure in content["figures"]:
        field = fields[figure["field"]]
        yield {
            "body": content["body"],
            "year": content["year"],
            **{name: figure[name] for name in COLUMNS if name in figure},
            "place": field["place"],
            "field_label": field["label"],
            "cell": f"{figure['table']}={figure['codes']}" if figure["table"] else "",
            "value": value_in_words(figure),
            "unit": field["unit"],
            # Behind a sum stand reports of its own form.
            "coverage": figure.get("reports") or coverage.get(figure["release"], ""),
            "definition": field["definition"],
            "statement": content["statement"],
            **({INVENTED: content[INVENTED]} if INVENTED in content else {}),
        }


def value_in_words(figure: dict[str, Any]) -> str:
    """A figure as it stands in its place: a number, that it is not shown, or nothing."""
    if figure["status"] == FigureState.NOT_SHOWN:
        return str(FigureState.NOT_SHOWN)
    return "" if figure["value"] is None else str(figure["value"])


def file_name(content: dict[str, Any], ending: str) -> str:
    """What a file is called when it is saved."""
    return f"henvis-{content['body']}-{content['year']}.{ending}"


class InternationalRefused(DomainError):
    """A file cannot be made or sent as asked. The message is for staff."""


# Nobody publishes or withdraws a release between the reading and the writing.
HOLD = "SELECT pg_advisory_xact_lock_shared(hashtextextended('henvis.publish', 0))"
BASIS = "SELECT henvis_international_basis(%s)::text"
SEND = "SELECT henvis_send_abroad(%s, %s)"


def fill(file: InternationalFile) -> None:
    """Draw the content of a file that is not stored yet, of its body and year, in the caller's transaction.

    Raises `InternationalRefused` where nothing of the year is published.
    """
    body = BODIES[file.body]
    with connection.cursor() as cursor:
        cursor.execute(HOLD)
    if release_of(str(file.year)) is None:
        raise InternationalRefused(
            say(f"Der er ingen offentlig udgivelse af {file.year}.", f"There is no public release of {file.year}.")
        )
    file.content = content_of(body, file.year)
    file.basis = basis_of(body.periods(file.year))


def make(*, by: Actor, body: str, year: int) -> InternationalFile:
    """A new file, kept for a second person to send. Raises `InternationalRefused`."""
    if by.user_id is None:
        raise InternationalRefused(say("En fil dannes af en medarbejder.", "A file is made by a member of staff."))
    with raised_as(InternationalRefused), transaction.atomic():
        file = InternationalFile(body=body, year=year, user_id=by.user_id)
        fill(file)
        file.save(force_insert=True)
        audit.record(by=by, action="internationalfile.add", subject=file.subject)
    return file


def basis_of(periods: list[str]) -> dict[str, Any]:
    """The public releases in force of some periods, with what is announced of them. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(BASIS, [periods])
        basis: dict[str, Any] = json.loads(cursor.fetchone()[0])
    return basis


def send(*, by: Actor, file: int) -> None:
    """Mark a file as sent. Raises `InternationalRefused` with the reason."""
    with raised_as(InternationalRefused), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(SEND, [file, by.user_id])
