"""What staff order and decide: builds of protected releases, and decisions on facts."""

from __future__ import annotations

from django.conf import settings as project
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from core.rows import StoredRow
from partners.choices import CodeField
from stats import choices
from stats.choices import words_of_fact
from stats.models.releases import AUTHORITY, LONGEST_NOTES, LONGEST_REASON, PUBLIC, Release
from stats.models.schedules import CONFIRMED, TAKEN_BACK

SUPERSEDED, OTHER_DEFINITION, INTERVAL = "superseded", "different_definition", "interval"
DECISIONS = (SUPERSEDED, OTHER_DEFINITION, INTERVAL)
OPEN, RUNNING, DONE, FAILED = "OPEN", "RUNNING", "DONE", "FAILED"
STATES = (OPEN, RUNNING, DONE, FAILED)
BUILD, PROPOSE = "BUILD", "PROPOSE"
KINDS = (BUILD, PROPOSE)
REFUSED = "REFUSED"
FACT_OUTCOMES = (CONFIRMED, REFUSED, TAKEN_BACK)
# A reason is read by a second person, who has to understand it. `henvis_is_reason` wants as many characters and letters.
SHORTEST_REASON, LEAST_LETTERS = 20, 10


def long_enough(name: str) -> Q:
    """A condition on a column: its text has twenty characters, apart from blanks around it, and ten of them are letters."""
    letters = rf"([[:alpha:]][^[:alpha:]]*){{{LEAST_LETTERS}}}"
    return Q((f"{name}__regex", rf"\S.{{{SHORTEST_REASON - 2},}}\S")) & Q((f"{name}__regex", letters))


class FactDecision(models.Model):
    """What staff decided of a figure that others have published and the records contradict.

    It holds once a second person has confirmed it. The latest confirmed one of a fact holds.
    """

    id = models.BigAutoField(primary_key=True)
    fact = models.CharField(max_length=200)
    decision = CodeField(max_length=32, choices=choices.FACT_DECISIONS)
    low = models.PositiveIntegerField(null=True, blank=True)
    high = models.PositiveIntegerField(null=True, blank=True)
    reason = models.CharField(max_length=LONGEST_REASON)
    user = models.ForeignKey(project.AUTH_USER_MODEL, on_delete=models.PROTECT, db_index=False)
    decided_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering = ("decided_at", "id")
        constraints = [
            models.CheckConstraint(condition=Q(decision__in=DECISIONS), name="factdecision_code"),
            models.CheckConstraint(
                condition=Q(decision=INTERVAL, low__isnull=False)
                | (~Q(decision=INTERVAL) & Q(low__isnull=True, high__isnull=True)),
                name="factdecision_bounds_of_intervals",
            ),
            models.CheckConstraint(condition=Q(high__gte=F("low")), name="factdecision_low_below_high"),
            models.CheckConstraint(condition=long_enough("reason"), name="factdecision_reason_told"),
        ]

    def __str__(self) -> str:
        return f"{words_of_fact(self.fact)}: {choices.FACT_DECISIONS[self.decision]}"

    @property
    def subject(self) -> str:
        """What the audit calls it, in no language."""
        return f"{self.fact}: {self.decision}"

    @classmethod
    def in_force(cls) -> dict[str, FactDecision]:
        """The decision that holds of each fact, by the fact's id."""
        confirmations = cls.objects.filter(end__outcome=CONFIRMED).select_related("user", "end__user")
        return {each.fact: each for each in confirmations.order_by("end__ended_at", "pk")}


class FactDecisionEnd(models.Model):
    """How a decision on a figure ended its wait. A second person confirms or refuses it; the first takes it back."""

    decision = models.OneToOneField(FactDecision, on_delete=models.PROTECT, primary_key=True, related_name="end")
    outcome = CodeField(max_length=16, choices=choices.FACT_OUTCOMES)
    reason = models.CharField(max_length=LONGEST_REASON, blank=True, default="")
    user = models.ForeignKey(project.AUTH_USER_MODEL, on_delete=models.PROTECT, db_index=False)
    ended_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=Q(outcome__in=FACT_OUTCOMES), name="factdecisionend_outcome_code"),
            models.CheckConstraint(
                condition=Q(outcome=REFUSED) & long_enough("reason") | ~Q(outcome=REFUSED) & Q(reason=""),
                name="factdecisionend_reason_told",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.decision_id} {self.outcome}"


class BuildOrder(models.Model):
    """What staff want the server to do: build a draft, or propose tables for one. A command there does it.

    `choice`: the tables and parameters of a draft; what it leaves out the server chooses, of tables `among`
    those that staff were shown. `message`: the outcome, without figures. `reason_…`: why it is ordered although something speaks
    against publishing it.
    `proposals`: the answer to an order of proposals, a row for each table (`publishing.proposals`), with protected figures alone.
    """

    id = models.BigAutoField(primary_key=True)
    kind = CodeField(max_length=16, choices=choices.ORDER_KINDS, default=BUILD, editable=False)
    period = models.CharField(max_length=16)
    audience = CodeField(max_length=16, choices=choices.PROTECTED_AUDIENCES)
    choice = models.JSONField(null=True, blank=True)
    change_notes_da = models.CharField(max_length=LONGEST_NOTES, blank=True, default="")
    change_notes_en = models.CharField(max_length=LONGEST_NOTES, blank=True, default="")
    reason_da = models.CharField(max_length=LONGEST_REASON, blank=True, default="")
    reason_en = models.CharField(max_length=LONGEST_REASON, blank=True, default="")
    user = models.ForeignKey(project.AUTH_USER_MODEL, on_delete=models.PROTECT, db_index=False)
    ordered_at = models.DateTimeField(db_default=Now(), editable=False)
    state = CodeField(max_length=16, choices=choices.ORDER_STATES, default=OPEN, editable=False)
    release = models.ForeignKey(Release, on_delete=models.PROTECT, null=True, editable=False, db_index=False)
    message = models.TextField(default="", editable=False)
    proposals = models.JSONField(null=True, editable=False)

    class Meta:
        ordering = ("ordered_at", "id")
        constraints = [
            models.CheckConstraint(condition=Q(audience__in=(PUBLIC, AUTHORITY)), name="buildorder_audience_code"),
            models.CheckConstraint(condition=Q(state__in=STATES), name="buildorder_state_code"),
            models.CheckConstraint(condition=Q(kind__in=KINDS), name="buildorder_kind_code"),
            models.CheckConstraint(
                condition=Q(kind=PROPOSE, choice__isnull=True, release__isnull=True)
                | Q(kind=BUILD, proposals__isnull=True),
                name="buildorder_one_answer",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.period}, {choices.AUDIENCES[self.audience]}"

    @property
    def audit_failed(self) -> bool:
        """Whether the draft is built and cannot be published: the server says nothing else of an order that it carried out."""
        return self.state == DONE and self.message != ""

    @property
    def subject(self) -> str:
        """What the audit calls it, in no language."""
        return f"{self.period} {self.audience} {self.state}"


class OrderFiling(StoredRow):
    """That whoever ordered has put the order away: the first page tells of it no more."""

    order = models.OneToOneField(BuildOrder, on_delete=models.PROTECT, primary_key=True, related_name="filing")
    user = models.ForeignKey(project.AUTH_USER_MODEL, on_delete=models.PROTECT, db_index=False)
    filed_at = models.DateTimeField(db_default=Now(), editable=False)
