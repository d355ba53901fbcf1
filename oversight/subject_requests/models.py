"""The register of persons' requests: each request, and what was done about it, step by step. Append-only, and without free text.

Nothing here says who the person is: no name, no token, no case. What was produced is linked to no case. What was erased is linked
to its tombstone, from which nothing leads to a person.
"""

from __future__ import annotations

from django.conf import settings as project
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from cases.codelists.staff import (
    EXTENSION_REASON,
    IDENTITY_CHECK,
    REFUSAL_GROUND,
    REQUEST_CHANNEL,
    REQUEST_KIND,
    REQUEST_OUTCOME,
    RESTRICTION_GROUND,
)
from cases.erased.models import Tombstone
from cases.fields import WIDTH
from core.text import Text
from oversight.subject_requests import choices
from oversight.subject_requests.choices import RequestAct
from partners.choices import CodeField

REFUSED = "REFUSED"
# The codes that a step of an act may have, and whether it names a day.
CODES: dict[RequestAct, tuple[str, ...]] = {
    RequestAct.IDENTIFIED: IDENTITY_CHECK.names,
    RequestAct.EXTENDED: EXTENSION_REASON.names,
    RequestAct.PRODUCED: tuple(choices.PRODUCTIONS),
    RequestAct.ERASED: ("",),
    RequestAct.RESTRICTED: RESTRICTION_GROUND.names,
    RequestAct.INFORMED: ("",),
    RequestAct.LIFTED: ("",),
    RequestAct.ANSWERED: REQUEST_OUTCOME.names,
}
WITH_DAY = (RequestAct.EXTENDED, RequestAct.INFORMED, RequestAct.ANSWERED)
# A restriction may have an end, or none yet.
MAY_HAVE_DAY = (*WITH_DAY, RequestAct.RESTRICTED)


def code_of_act() -> Q:
    """The condition that a step has a code of its act."""
    condition = Q()
    for act, codes in CODES.items():
        condition |= Q(act=str(act), code__in=codes)
    return condition


class SubjectRequest(models.Model):
    """A request of a person, called by its kind and number. `received_on`, `due_on`: days in Copenhagen."""

    id = models.BigAutoField(primary_key=True)
    kind = CodeField(max_length=WIDTH, choices=choices.KINDS)
    channel = CodeField(max_length=WIDTH, choices=choices.CHANNELS)
    received_on = models.DateField()
    due_on = models.DateField(editable=False)
    user = models.ForeignKey(project.AUTH_USER_MODEL, on_delete=models.PROTECT, db_index=False, editable=False)
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering = ("-received_on", "-id")
        default_permissions = ("add", "view")
        permissions = [("handle_subjectrequest", "Can handle persons' requests and answer them")]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=REQUEST_KIND.names), name="subjectrequest_kind_code"),
            models.CheckConstraint(condition=Q(channel__in=REQUEST_CHANNEL.names), name="subjectrequest_channel_code"),
            models.CheckConstraint(condition=Q(due_on__gt=F("received_on")), name="subjectrequest_due_later"),
        ]

    def __str__(self) -> str:
        label = REQUEST_KIND.by_code[self.kind].label
        return str(Text(f"{label.da} nr. {self.pk}", f"{label.en} no. {self.pk}"))

    @property
    def subject(self) -> str:
        """What the audit calls it, in no language."""
        return str(self.pk)


class RequestStep(models.Model):
    """One step of a request.

    `code`: how the identity was checked, why the time limit was extended, what the document names, why the processing was
    restricted, or what was answered. `ground`: of a refusal. `day`: of an extension the new due date, of a restriction the day on
    which its end is decided, of an answer or a message the day on which it was given. `tombstone`: of what was erased.
    `restriction`: what the restricted cases are found by, for as long as there are any.
    """

    id = models.BigAutoField(primary_key=True)
    request = models.ForeignKey(SubjectRequest, on_delete=models.PROTECT, related_name="steps")
    act = CodeField(max_length=WIDTH, choices=choices.ACTS)
    code = CodeField(max_length=WIDTH, choices=choices.STEP_CODES, blank=True, default="")
    ground = CodeField(max_length=WIDTH, choices=choices.GROUNDS, blank=True, default="")
    day = models.DateField(null=True)
    tombstone = models.OneToOneField(Tombstone, on_delete=models.PROTECT, null=True, related_name="+")
    restriction = models.UUIDField(null=True)
    user = models.ForeignKey(project.AUTH_USER_MODEL, on_delete=models.PROTECT, db_index=False)
    at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering = ("id",)
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=code_of_act(), name="requeststep_of_act_code"),
            models.CheckConstraint(
                condition=Q(act=str(RequestAct.ANSWERED), code=REFUSED, ground__in=REFUSAL_GROUND.names)
                | ~Q(act=str(RequestAct.ANSWERED), code=REFUSED) & Q(ground=""),
                name="requeststep_ground_of_refusal",
            ),
            models.CheckConstraint(
                condition=Q(act__in=[str(act) for act in WITH_DAY], day__isnull=False)
                | ~Q(act__in=[str(act) for act in MAY_HAVE_DAY]) & Q(day__isnull=True)
                | Q(act=str(RequestAct.RESTRICTED)),
                name="requeststep_day_of_act",
            ),
            models.CheckConstraint(
                condition=Q(act=str(RequestAct.ERASED), tombstone__isnull=False)
                | ~Q(act=str(RequestAct.ERASED)) & Q(tombstone__isnull=True),
                name="requeststep_tombstone_of_erasure",
            ),
            models.CheckConstraint(
                condition=Q(act=str(RequestAct.RESTRICTED), restriction__isnull=False)
                | ~Q(act=str(RequestAct.RESTRICTED)) & Q(restriction__isnull=True),
                name="requeststep_id_of_restriction",
            ),
            models.UniqueConstraint(
                fields=("request",), condition=Q(act=str(RequestAct.EXTENDED)), name="requeststep_extended_once"
            ),
            models.UniqueConstraint(
                fields=("request",), condition=Q(act=str(RequestAct.RESTRICTED)), name="requeststep_restricted_once"
            ),
            models.UniqueConstraint(
                fields=("request",), condition=Q(act=str(RequestAct.LIFTED)), name="requeststep_lifted_once"
            ),
            models.UniqueConstraint(
                fields=("request",), condition=Q(act=str(RequestAct.ANSWERED)), name="requeststep_answered_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.request_id} {self.act}"
