"""How far a partner's own referral has come: received, counted, assessed, and the releases that were made of it.

Everything here but `outcome` is a function of the partner's own versions and of what is published for everybody. So no answer
differs by what other organisations have sent, or by whom staff have found to be one person (docs/quality.md). `outcome` is what
`cases.intake.assess.outcome_for` shows, with consent alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from cases.erased import digests
from cases.errors import ConsentNeeded, NotFound, RestrictionHolds
from cases.intake import assess
from cases.intake.own import own_versions
from cases.models import Referral
from cases.versions import Status
from core.text import Text
from oversight.returns.models import Return
from partners.credentials import Principal
from partners.kinds import Mode
from stats.models import PUBLIC, Release
from stats.periods import Period


class CountState(StrEnum):
    """Whether a referral counts among referrals now."""

    COUNTED = "COUNTED"
    WITHDRAWN = "WITHDRAWN"
    TEST = "TEST"


@dataclass(frozen=True, slots=True)
class MadeRelease:
    """A release that was made of records among which a version of the referral was."""

    id: str
    version: int
    period: str
    vintage: int

    @property
    def label(self) -> Text:
        period = Period.parse(self.period)
        words = period.label if period is not None else Text(self.period, self.period)
        return Text(f"{words.da} ({self.vintage}. udgave)", f"{words.en} (vintage {self.vintage})")


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a referral has come. `received_at`: of the first version; `recorded_at`: of the current one.

    `outcome`: None where consent does not allow to show it, and of a withdrawn referral.
    """

    reference: UUID
    version: int
    received_at: datetime
    recorded_at: datetime
    count_state: CountState
    outcome: str | None
    releases: tuple[MadeRelease, ...]
    returns: tuple[Return, ...]


def progress_of(*, by: Principal, reference: UUID) -> Progress:
    """How far the caller's own referral has come. Raises `NotFound`, `Erased` and `RestrictionHolds`."""
    versions = list(own_versions(by.partner_id).filter(reference=reference).order_by("version"))
    if not versions:
        raise digests.missing_error(by.partner_id, reference)
    if any(each.is_restricted for each in versions):
        raise RestrictionHolds(versions[-1].version)
    current, is_test = versions[-1], by.mode == Mode.TEST
    return Progress(
        reference=reference,
        version=current.version,
        received_at=versions[0].recorded_at,
        recorded_at=current.recorded_at,
        count_state=state_of(current, is_test=is_test),
        outcome=outcome_shown(by, reference),
        releases=() if is_test else releases_of(versions),
        returns=tuple(returns_of(by.partner_id, reference)),
    )


def state_of(current: Referral, *, is_test: bool) -> CountState:
    """Whether the current version counts: the rule of `cases.linking.resolution` for referrals, which asks for no other record."""
    if is_test:
        return CountState.TEST
    return CountState.WITHDRAWN if current.status == Status.WITHDRAWN else CountState.COUNTED


def outcome_shown(by: Principal, reference: UUID) -> str | None:
    """The outcome for the person, where it is shown."""
    try:
        return assess.outcome_for(by=by, reference=reference)
    except (ConsentNeeded, NotFound):
        return None


def releases_of(versions: list[Referral]) -> tuple[MadeRelease, ...]:
    """The public releases that stand, whose period has the month of the version that was current when their records were read.

    By time alone. Whether the person is counted in one depends on decisions and on others' records, and is not told.
    """
    rows = Release.objects.filter(audience=PUBLIC, publication__isnull=False, withdrawal__isnull=True)
    releases = rows.order_by("first_month", "last_month", "vintage").values_list(
        "id", "first_month", "last_month", "as_of", "period", "vintage"
    )
    return tuple(
        MadeRelease(name, version.version, period, vintage)
        for name, first, last, as_of, period, vintage in releases
        for version in versions
        if was_current(version, as_of) and first <= version.referred_in <= last
    )


def was_current(version: Referral, moment: datetime) -> bool:
    """Whether a version was current at a moment, and not withdrawn."""
    has_ended = version.superseded_at is not None and version.superseded_at <= moment
    return version.recorded_at <= moment and not has_ended and version.status != Status.WITHDRAWN


def returns_of(partner_id: UUID, reference: UUID) -> list[Return]:
    """What was asked about a referral, the latest first."""
    rows = Return.objects.of(partner_id).filter(reference=reference).with_state().select_related("end")
    return list(rows.order_by("-asked_at", "-id"))
