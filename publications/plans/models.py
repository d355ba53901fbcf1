"""Indicators of action plans, what was observed of them, and the decisions on both. Every row is final.

Nothing here is read by the public before a second person has approved it, which triggers hold (`sql/plans.sql`).
"""

from __future__ import annotations

from django.conf import settings as project
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from cases.fields import WIDTH
from core.rows import StoredRow
from core.text import Text
from partners.choices import CodeField
from publications.plans import choices
from publications.plans.choices import COMPUTED, INDICATOR_UNITS, MANUAL, SOURCES, value_words
from publications.plans.lights import IndicatorPath, TargetDirection
from publications.plans.plans import PLANS
from publications.plans.shapes import ActionPlan, PlanArea
from stats.models import Release, has_words

FIRST_YEAR, LAST_YEAR = 2000, 2100
LONGEST_LABEL, LONGEST_DEFINITION, LONGEST_SOURCE = 160, 1000, 500
UP, DOWN = (each.value for each in TargetDirection)
YEARS = (MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR))
# As 2022-2025: its first and its last year.
PLAN = r"^\d{4}-\d{4}$"
# As VICTIMS-WOMEN.
CODE = r"^[A-Z0-9][A-Z0-9_-]{1,31}$"


class PlanIndicator(models.Model):
    """What a plan is measured by. It is never changed: what is measured otherwise is another indicator, with its own code.

    `filters`: of a computed one, by axis the code of its cell. `baseline_value`, `target_value`: in `unit`. `direction`: whether
    the target is reached from below (`UP`) or from above. `due_year`: the year whose value must meet the target.
    """

    id = models.BigAutoField(primary_key=True)
    plan = CodeField(max_length=16, choices=choices.PLAN_CODES)
    area = models.CharField(max_length=4)
    code = models.CharField(max_length=32)
    label_da = models.CharField(max_length=LONGEST_LABEL)
    label_en = models.CharField(max_length=LONGEST_LABEL)
    definition_da = models.CharField(max_length=LONGEST_DEFINITION)
    definition_en = models.CharField(max_length=LONGEST_DEFINITION)
    unit = CodeField(max_length=16, choices=choices.INDICATOR_UNITS)
    source = CodeField(max_length=16, choices=choices.SOURCES)
    dataset = CodeField(max_length=32, choices=choices.datasets, blank=True, default="")
    filters = models.JSONField(default=dict, blank=True)
    measure = CodeField(max_length=16, choices=choices.MEASURE_CODES, blank=True, default="")
    baseline_year = models.PositiveSmallIntegerField(validators=YEARS)
    baseline_value = models.DecimalField(max_digits=12, decimal_places=2)
    target_value = models.DecimalField(max_digits=12, decimal_places=2)
    direction = CodeField(max_length=8, choices=choices.DIRECTIONS)
    due_year = models.PositiveSmallIntegerField(validators=YEARS)
    user = models.ForeignKey(project.AUTH_USER_MODEL, on_delete=models.PROTECT, db_index=False, editable=False)
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering = ("plan", "area", "code")
        constraints = [
            models.UniqueConstraint(fields=("plan", "code"), name="planindicator_own"),
            models.CheckConstraint(condition=Q(plan__regex=PLAN), name="planindicator_plan_code"),
            models.CheckConstraint(condition=Q(code__regex=CODE), name="planindicator_code_form"),
            models.CheckConstraint(condition=Q(unit__in=[*INDICATOR_UNITS]), name="planindicator_unit_code"),
            models.CheckConstraint(condition=Q(direction__in=(UP, DOWN)), name="planindicator_direction_code"),
            models.CheckConstraint(condition=Q(source__in=[*SOURCES]), name="planindicator_source_code"),
            models.CheckConstraint(
                condition=Q(source=COMPUTED) & ~Q(dataset="") & ~Q(measure="")
                | Q(source=MANUAL, dataset="", measure="", filters={}),
                name="planindicator_query_of_computed",
            ),
            models.CheckConstraint(
                condition=Q(baseline_year__gte=FIRST_YEAR, due_year__lte=LAST_YEAR, due_year__gt=F("baseline_year")),
                name="planindicator_due_later",
            ),
            models.CheckConstraint(
                condition=Q(direction=UP, target_value__gte=F("baseline_value"))
                | Q(direction=DOWN, target_value__lte=F("baseline_value")),
                name="planindicator_target_that_way",
            ),
            models.CheckConstraint(
                condition=has_words("label_da")
                & has_words("label_en")
                & has_words("definition_da")
                & has_words("definition_en"),
                name="planindicator_in_both",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label} ({self.of_plan.label})"

    @property
    def label(self) -> Text:
        return Text(self.label_da, self.label_en)

    @property
    def definition(self) -> Text:
        return Text(self.definition_da, self.definition_en)

    @property
    def subject(self) -> str:
        """What the audit calls it, in no language."""
        return f"{self.plan}/{self.code}"

    @property
    def is_typed_in(self) -> bool:
        """Whether its values are typed in."""
        return self.source == MANUAL

    @property
    def of_plan(self) -> ActionPlan:
        return PLANS[self.plan]

    @property
    def of_area(self) -> PlanArea:
        """Its area. Raises `StopIteration` where the plan has none of the name, which the form and the trigger refuse."""
        return next(each for each in self.of_plan.areas if each.id == self.area)

    @property
    def path(self) -> IndicatorPath:
        """The line that it is judged by."""
        return IndicatorPath(
            self.baseline_year, self.baseline_value, self.due_year, self.target_value, TargetDirection(self.direction)
        )


class PlanObservation(models.Model):
    """The value of an indicator in a year: of a release, or typed in with its source. A later one takes nothing away.

    `value`: None where the release does not show the cell. `is_least`: of a sum that not every report knows, it is the least.
    """

    id = models.BigAutoField(primary_key=True)
    indicator = models.ForeignKey(PlanIndicator, on_delete=models.PROTECT)
    year = models.PositiveSmallIntegerField(validators=YEARS)
    value = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    is_least = models.BooleanField(default=False, editable=False)
    release = models.ForeignKey(Release, on_delete=models.PROTECT, null=True, blank=True, db_index=False)
    source_da = models.CharField(max_length=LONGEST_SOURCE, blank=True, default="")
    source_en = models.CharField(max_length=LONGEST_SOURCE, blank=True, default="")
    user = models.ForeignKey(project.AUTH_USER_MODEL, on_delete=models.PROTECT, db_index=False, editable=False)
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering = ("indicator", "year", "id")
        # To write of a plan is one person's act and to publish it another's.
        permissions = [("publish_plan", "Can publish indicators and observations that others wrote")]
        constraints = [
            models.CheckConstraint(condition=Q(year__range=(FIRST_YEAR, LAST_YEAR)), name="planobservation_year_range"),
            models.CheckConstraint(
                condition=Q(release__isnull=False, source_da="", source_en="")
                | Q(release=None, value__isnull=False) & has_words("source_da") & has_words("source_en"),
                name="planobservation_of_one_source",
            ),
            models.CheckConstraint(
                condition=Q(is_least=False) | Q(release__isnull=False, value__isnull=False),
                name="planobservation_least_of_sum",
            ),
        ]

    def __str__(self) -> str:
        words = (value_words(self.value, self.indicator.unit, language, self.is_least) for language in Text._fields)
        return f"{self.indicator}, {self.year}: {Text(*words)}"

    @property
    def subject(self) -> str:
        """What the audit calls it, in no language."""
        return f"{self.indicator.subject}/{self.year}"

    @property
    def is_typed_in(self) -> bool:
        """Whether its value was typed in."""
        return self.release_id is None

    @property
    def source(self) -> Text:
        """Where a value that was typed in is from."""
        return Text(self.source_da, self.source_en)


def has_reason() -> Q:
    """The condition that a refusal has a reason, and that nothing else has."""
    return Q(approved=True, reason="") | Q(approved=False, reason__in=[*choices.REFUSAL_REASONS])


class IndicatorDecision(StoredRow):
    """That a second person has published an indicator, or refused it, and why."""

    indicator = models.OneToOneField(PlanIndicator, on_delete=models.PROTECT, primary_key=True, related_name="decision")
    approved = models.BooleanField()
    reason = CodeField(max_length=WIDTH, choices=choices.REFUSAL_REASONS, blank=True, default="")
    user = models.ForeignKey(project.AUTH_USER_MODEL, on_delete=models.PROTECT, db_index=False)
    decided_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        default_permissions = ()
        constraints = [models.CheckConstraint(condition=has_reason(), name="indicatordecision_reasons")]


class ObservationDecision(StoredRow):
    """That a second person has published an observation, or refused it, and why."""

    observation = models.OneToOneField(
        PlanObservation, on_delete=models.PROTECT, primary_key=True, related_name="decision"
    )
    approved = models.BooleanField()
    reason = CodeField(max_length=WIDTH, choices=choices.REFUSAL_REASONS, blank=True, default="")
    user = models.ForeignKey(project.AUTH_USER_MODEL, on_delete=models.PROTECT, db_index=False)
    decided_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        default_permissions = ()
        constraints = [models.CheckConstraint(condition=has_reason(), name="observationdecision_reasons")]
