"""Rejected and held rows by rule, from the counts that deliveries leave behind. One statement for any number of partners."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Q, QuerySet, Sum

from cases import dictionary as d
from cases.intake.batches.jobs import GAVE_UP
from cases.intake.findings import FindingClass
from cases.intake.models import Batch, BatchState
from cases.intake.rulebook import RULES
from cases.months import COPENHAGEN
from core.text import NO_TEXT, Text
from oversight.quality.models import RuleTally, title_of
from partners.kinds import Mode

FIELD_LABELS = {field.name: field.label for field in d.REFERRAL}


@dataclass(frozen=True, slots=True)
class RuleCount:
    """How many rows of a partner met a rule in a year.

    `rows_sent`: in deliveries that were to be stored. `rows_tried`: in those that only asked. `deliveries`: in how many of either.
    """

    partner_id: UUID
    rule: str
    field: str
    rows_sent: int
    rows_tried: int
    deliveries: int

    @property
    def title(self) -> Text:
        return title_of(self.rule)

    @property
    def about(self) -> Text | None:
        """Why the rule is there and what to do, without the marks of code; None where the rulebook has it no longer."""
        rule = RULES.get(self.rule)
        return Text(*(text.replace("`", "") for text in rule.about)) if rule else None

    @property
    def label(self) -> Text:
        """The field in words, where the rule is about one."""
        return FIELD_LABELS.get(self.field, NO_TEXT)

    @property
    def is_error(self) -> bool:
        """Whether the rule rejects a row. Otherwise it asks."""
        return self.rule not in RULES or RULES[self.rule].cls == FindingClass.ERROR


def counts_by_rule(year: int, partners: Collection[UUID] | None = None) -> list[RuleCount]:
    """The counts of a year for these partners (None: for all), by partner, the most frequent first. Notices are left out."""
    rows = tallies_of_partners(RuleTally.objects.filter(month__range=(date(year, 1, 1), date(year, 12, 1))), partners)
    by_field = rows.values("partner_id", "rule", "field").annotate(
        sent=Sum("rows", filter=Q(tried=False), default=0),
        attempts=Sum("rows", filter=Q(tried=True), default=0),
        deliveries=Count("batch_id", distinct=True),
    )
    counts = [
        RuleCount(each["partner_id"], each["rule"], each["field"], each["sent"], each["attempts"], each["deliveries"])
        for each in by_field
        if not is_notice(each["rule"])
    ]
    return sorted(
        counts, key=lambda each: (str(each.partner_id), -each.rows_sent, -each.rows_tried, each.rule, each.field)
    )


def is_notice(rule: str) -> bool:
    """Whether a rule only tells something and stops no row."""
    return rule in RULES and RULES[rule].cls == FindingClass.NOTICE


def tallies_of_partners(rows: QuerySet[RuleTally], partners: Collection[UUID] | None) -> QuerySet[RuleTally]:
    """The counts of these partners, or of all."""
    return rows if partners is None else rows.filter(partner_id__in=partners)


def refused_files(year: int, partners: Collection[UUID] | None = None) -> dict[UUID, int]:
    """How many files of each live partner were refused as a whole in a year, by the day on which they came."""
    files = arrived_in(year).filter(state=str(BatchState.FAILED)).exclude(problem__in=("", GAVE_UP))
    if partners is not None:
        files = files.filter(partner_id__in=partners)
    return dict(files.order_by().values_list("partner_id").annotate(files=Count("pk")))


def arrived_in(year: int) -> QuerySet[Batch]:
    """The deliveries of live partners that arrived in a year of Copenhagen."""
    first, after = (datetime(each, 1, 1, tzinfo=COPENHAGEN) for each in (year, year + 1))
    return Batch.objects.filter(partner__mode=str(Mode.LIVE), created_at__gte=first, created_at__lt=after)


def deliveries_with(rule: str, year: int, partner_id: UUID) -> list[tuple[Batch, int]]:
    """The deliveries of a partner in which rows met a rule, the latest first, each with the number of these rows."""
    tallies = RuleTally.objects.filter(
        rule=rule, partner_id=partner_id, month__range=(date(year, 1, 1), date(year, 12, 1))
    )
    numbers = dict(tallies.values_list("batch_id").annotate(Sum("rows")))
    batches = Batch.objects.filter(pk__in=numbers).order_by("-created_at", "-id")
    return [(each, numbers[each.pk]) for each in batches]
