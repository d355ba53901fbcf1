"""Validating what is stored again, under the rules and checks of today. It changes nothing: staff see what has come to be odd.

A rule that is new holds for what is sent from now on. What was stored before stays as it is until its partner corrects it, and a
code that was retired since is no fault of a stored referral. Checks of whole deliveries are not asked: there is no delivery.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import batched
from typing import Any
from uuid import UUID

from django.db import transaction

from cases import dictionary as d
from cases.intake.checks.confirmations import Pair, confirmed_pairs
from cases.intake.checks.content import content_digest
from cases.intake.checks.rows import row_checks
from cases.intake.models import RevalidationReport
from cases.intake.rules import violations_of
from cases.linking.restriction import readable
from cases.models import Referral, VersionQuerySet
from cases.rules import REFERRAL_RULES
from cases.versions import Status
from partners import audit
from partners.audit import Actor
from partners.kinds import Mode
from partners.models import Partner

CHUNK = 2_000
# What is called with the reference of each referral that meets a rule, and the rules.
Tell = Callable[[UUID, Sequence[str]], None]


@dataclass(slots=True)
class RevalidationCounts:
    """How many referrals were looked at, would be refused and would be held; and by rule, partner and year."""

    referrals: int = 0
    refused: int = 0
    held: int = 0
    by_rule: Counter[tuple[str, UUID, int]] = field(default_factory=Counter)

    def add(self, referral: Referral, errors: Sequence[str], checks: Sequence[str]) -> None:
        self.referrals += 1
        self.refused += bool(errors)
        self.held += bool(checks and not errors)
        self.by_rule.update((rule, referral.partner_id, referral.referred_in.year) for rule in (*errors, *checks))

    @property
    def lines(self) -> list[dict[str, object]]:
        """The counts by rule, partner and year, as they are kept."""
        every = sorted((rule, str(partner), year, rows) for (rule, partner, year), rows in self.by_rule.items())
        return [dict(zip((*KEY, "referrals"), line, strict=True)) for line in every]


KEY = ("rule", "partner", "year")


def tell_nobody(reference: UUID, rules: Sequence[str]) -> None:
    """References are told only to who asked for them."""


def revalidate(*, by: Actor, partner: Partner | None = None, tell: Tell = tell_nobody) -> RevalidationReport:
    """Validate the current referrals of a partner, or of all live ones, and keep the counts. References go to `tell` alone."""
    counts = RevalidationCounts()
    for referrals in batched(current_referrals(partner).iterator(chunk_size=CHUNK), CHUNK):
        for referral, errors, checks in findings_of(referrals):
            counts.add(referral, errors, checks)
            if errors or checks:
                tell(referral.reference, (*errors, *checks))
    with transaction.atomic():
        report = RevalidationReport.objects.create(
            user_id=by.user_id,
            partner=partner,
            referrals=counts.referrals,
            refused=counts.refused,
            held=counts.held,
            counts=counts.lines,
            schema_version=d.SCHEMA_VERSION,
        )
        subject = str(partner.pk) if partner else "all partners"
        numbers = {name: getattr(counts, name) for name in ("referrals", "refused", "held")}
        audit.record(by=by, action="intake.revalidate", subject=subject, report=str(report.pk), **numbers)
    report.refresh_from_db()
    return report


def report_before(report: RevalidationReport) -> RevalidationReport | None:
    """The latest earlier report of the same partner, or of all; None where there is none."""
    of_same = RevalidationReport.objects.filter(partner=report.partner_id, created_at__lt=report.created_at)
    return of_same.order_by("-created_at", "-id").first()


def changes_since(report: RevalidationReport, earlier: RevalidationReport) -> list[dict[str, Any]]:
    """By rule, partner and year, how many referrals more (`new`) or fewer (`gone`) meet it than in an earlier report.

    A line is there where the numbers differ. Reports name no referral, so that one that is new and one that is gone cancel out.
    """
    now, then = numbers_of(report), numbers_of(earlier)
    return [
        {**dict(zip(KEY, key, strict=True)), "new": max(0, now[key] - then[key]), "gone": max(0, then[key] - now[key])}
        for key in sorted(now | then)
        if now[key] != then[key]
    ]


def numbers_of(report: RevalidationReport) -> Counter[tuple[str, str, int]]:
    """The counts of a report by rule, partner and year."""
    return Counter({(line["rule"], line["partner"], line["year"]): line["referrals"] for line in report.counts})


def current_referrals(partner: Partner | None) -> VersionQuerySet:
    """The current referrals that are not withdrawn, of one partner or of all live ones."""
    rows = readable(Referral.objects.current().exclude(status=Status.WITHDRAWN))
    return rows.filter(partner=partner) if partner else rows.filter(partner__mode=Mode.LIVE)


def findings_of(referrals: Sequence[Referral]) -> Iterator[tuple[Referral, list[str], list[str]]]:
    """Each referral with the rules that it breaks, and the checks that nobody has confirmed for it."""
    referrals_asked = [(each, checks_of(each)) for each in referrals]
    stood_by = confirmations_of(referrals_asked)
    for referral, checks in referrals_asked:
        errors = [each.code for each in violations_of(d.REFERRAL, REFERRAL_RULES, vars(referral), referral)]
        open_checks = [rule for rule, digest in checks if (rule, digest) not in stood_by[referral.partner_id]]
        yield referral, errors, open_checks


def checks_of(referral: Referral) -> list[Pair]:
    """The checks that a referral meets, each with the digest of its content."""
    rules = [finding.rule for finding in row_checks(vars(referral))]
    digest = content_digest(referral.reference, vars(referral)) if rules else ""
    return [(rule, digest) for rule in rules]


def confirmations_of(referrals_asked: Iterable[tuple[Referral, list[Pair]]]) -> Mapping[UUID, set[Pair]]:
    """What each partner has confirmed of these checks, by one statement for each partner."""
    pairs: dict[UUID, list[Pair]] = defaultdict(list)
    for referral, checks in referrals_asked:
        pairs[referral.partner_id] += checks
    return {partner_id: confirmed_pairs(partner_id, each) for partner_id, each in pairs.items()}
