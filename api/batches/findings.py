"""Findings of deliveries in the reader's language, each with the place that a spreadsheet shows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from msgspec import UNSET, structs

from api.batches.bodies import RowFindingBody
from api.batches.uploads import MAPPING
from api.http.problems import ProblemError, ProblemFinding, pointer
from cases.errors import Stale
from cases.intake.batches.committing import NothingWaits
from cases.intake.batches.holding import BatchBusy
from cases.intake.batches.places import MOST_CODES, allowed_codes, likeliest, place_of
from cases.intake.batches.receive import KeyInFlight, KeyReused
from cases.intake.batches.results import finding_of
from cases.intake.batches.wording import field_of, sentence, sentences
from cases.intake.findings import FileRefused, Finding
from cases.intake.rulebook import RULES
from cases.intake.spool import TooLarge
from cases.intake.templates.columns import BY_NAME
from cases.intake.understanding.codes import CODED
from cases.intake.understanding.mapping import IDENTIFIER
from cases.intake.understanding.mapping_words import MAPPING_WORDS

# When a delivery that was refused may be sent again as it is.
WAITS = {"deliveries_waiting": {"Retry-After": "60"}}


def finding_body(finding: Finding, line: int | None, language: str, columns: Mapping[str, int]) -> RowFindingBody:
    """A finding on the row of a line, or on the file. `columns`: those of the file, by members of a row."""
    field = field_of(finding)
    plain = BY_NAME.get(field or "")
    column = columns.get(field or "") if finding.column is None else finding.column
    codes = allowed_codes(finding)
    is_long = finding.field in CODED and len(codes) > MOST_CODES
    return RowFindingBody(
        rule=finding.rule,
        class_=RULES[finding.rule].cls,
        field=field,
        column=plain.label(language) if plain else None,
        cell=None if column is None else place_of(column, line),
        detail=sentence(finding, language),
        allowed=likeliest(codes, finding.suggestion) if is_long else list(codes),
        codelist=codelist_of(finding.field or "") if is_long else UNSET,
        suggestion=finding.suggestion,
        lines=list(finding.lines) or UNSET,
        period=finding.period or UNSET,
        index=UNSET if finding.index is None else finding.index,
        stored_version=finding.stored_version or UNSET,
        stored_at=finding.stored_at or UNSET,
    )


def file_finding_body(entry: Mapping[str, Any], language: str, columns: Mapping[str, int]) -> RowFindingBody:
    """A finding on a file as its batch keeps it: with the line that it was found in, where it is not about the whole file."""
    line = entry.get("line")
    body = finding_body(finding_of(entry), line, language, columns)
    return structs.replace(body, cell=str(line)) if line and body.cell is None else body


def codelist_of(field: str) -> str:
    """The address of the code list of a field."""
    return f"/api/v1/codelists/{CODED[field].codelist.id}"


def of_refusal(refusal: FileRefused) -> ProblemError:
    """The problem of a whole file that is refused."""
    findings = [problem_finding(*each) for each in refusal.findings]
    return ProblemError(refusal.code, findings, WAITS.get(refusal.code), total=refusal.total)


def of_mapping(refusal: FileRefused) -> ProblemError:
    """The problem of a mapping that is refused as the body of a request: there is no file that it could name."""
    findings = [finding_at(("pointer", pointer(*each.path)), each) for each, _ in refusal.findings]
    code = "identifier_in_body" if refusal.code == IDENTIFIER else "validation_failed"
    return ProblemError(code, findings, total=refusal.total)


def problem_finding(finding: Finding, line: int | None) -> ProblemFinding:
    """A row of `errors`: on a file, or on the mapping that came with it."""
    if finding.rule in MAPPING_WORDS:
        return finding_at(("pointer", pointer(MAPPING, *finding.path)), finding)
    return finding_at(("cell", place_of(finding.column, line)), finding)


def finding_at(place: tuple[str, str], finding: Finding) -> ProblemFinding:
    """The same at a place. It names the field and its column, and never what was sent."""
    field = field_of(finding)
    return ProblemFinding(
        place,
        finding.rule,
        sentences(finding),
        allowed_codes(finding),
        suggestion=finding.suggestion,
        field=field,
        column=BY_NAME[field].label if field in BY_NAME else None,
        index=finding.index,
    )


SOON = {"Retry-After": "1"}


@contextmanager
def refusals() -> Iterator[None]:
    """Turn what is refused into problems."""
    try:
        yield
    except FileRefused as refusal:
        raise of_refusal(refusal) from None
    except TooLarge:
        raise ProblemError("payload_too_large") from None
    except KeyInFlight:
        raise ProblemError("idempotency_in_flight", headers=SOON) from None
    except KeyReused:
        raise ProblemError("idempotency_key_reused") from None
    except BatchBusy:
        raise ProblemError("batch_running", headers=SOON) from None
    except Stale:
        # Somebody has changed the mapping at the moment in which the delivery was to add to it.
        raise ProblemError("unavailable", headers=SOON) from None
    except NothingWaits:
        raise ProblemError("nothing_waits") from None
