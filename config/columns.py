"""What each stored column of ours says of a person, and which tables may change.

Tests hold this against the models and against the database's triggers. A column that by its kind says nothing alone has its class
by its kind: an id of a row, a moment, yes or no, a link to another table. A field of the dictionary has the dictionary's. Every
other column is named in `column_risks`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.apps import apps
from django.contrib.auth.models import User
from django.db import models

from cases import dictionary as d
from cases.fields import TokenField
from cases.models import Case
from config.column_risks import NAMED
from core.apps import WITH_TABLES
from core.risks import IDENTIFIER, OPERATIONAL, PSEUDONYM, Risk

# An account is of staff or of a partner, never of a person who was referred.
LINKS: dict[type[models.Model], Risk] = {User: IDENTIFIER, Case: PSEUDONYM}
OF_DICTIONARY = {
    "cases.Referral": (*d.REFERRAL, *d.WITHDRAWAL),
    "cases.Assessment": d.ASSESSMENT,
    "intake.StagedRow": d.REFERRAL,
}
# Tables whose rows change and go, by app. What staff or partners change has its audit row; what waits, or a memory, is forgotten.
TABLES_THAT_CHANGE = {
    "annual": "ReportOrder",
    "api": "IdempotencyRecord",
    "duplicates": "Duplicate LinkageCode",
    "figures": "ChartPicture",
    "intake": "Batch ColumnMapping ErrorFile RowResult StagedRow",
    "jobs": "Job",
    "mail": "AddressCode Mailbox",
    "partners": "Client Partner Secret",
    "people": "CacheEntry Invitation Membership WebSession",
    "reporting": "FirstReport",
    "statistics": "BuildOrder",
}
# In the schema `build`, which the web server's role cannot enter. All else is in `public`, and granted table by table.
TABLES_OF_BUILD = {
    "mail": "AddressCode",
    "statistics": (
        "CountedFact DraftChange DraftSumCoverage DraftSumTable DraftSumTold DraftTold ErasedCount ErasedKnowledge Proof "
        "ProtectedTable ReleaseTable SnapshotRecord SumLeaf"
    ),
}
# What the trigger of a table that is written once allows, in its own words (`henvis_append_only`): a column is set from null
# once, an erasure or a purge deletes a row, an erasure changes a column, and what has served its time goes. By default nothing.
ALLOWED: dict[str, tuple[str, ...]] = {
    "cases.Assessment": ("superseded_at", "erase", "erase:case_id"),
    "cases.Case": ("erase",),
    "cases.Referral": ("superseded_at", "erase", "erase:case_id", "purge"),
    "duplicates.DuplicateDecision": ("erase",),
    "intake.Confirmation": ("erase",),
    "retention.ArchiveTransfer": ("received_at",),
    "linking.AttributeDecision": ("superseded_at", "erase"),
    "linking.CaseLink": ("superseded_at", "erase"),
    "linking.LinkDecision": ("erase",),
    "linking.MergedCase": ("erase",),
    "linking.RecordLink": ("superseded_at", "erase", "erase:from_case_id"),
    "linking.RestrictedCase": ("superseded_at", "erase"),
    "mail.Mailing": ("begun_at", "expire"),
    "mail.MailOutcome": ("expire",),
    "notices.Acknowledgement": ("erase", "expire"),
    "notices.ServiceStatus": ("erase", "erase:address", "erase:address_taken_by_id"),
    "partners.AccessRequest": ("erase:recipient",),
    "partners.AuditEvent": ("expire", "erase:subject", "erase:detail"),
    "partners.RecordRead": ("expire",),
    "returns.Return": ("erase", "erase:version", "purge"),
    "returns.ReturnEnd": ("erase", "purge"),
    "returns.ReturnReview": ("erase", "purge"),
    "services.CountReport": ("superseded_at", "erase"),
    "statistics.ErasedKnowledge": ("erase:record",),
    "statistics.SnapshotRecord": ("erase:record",),
    "subject_requests.RequestStep": ("expire",),
    "subject_requests.SubjectRequest": ("expire",),
}


def ours() -> tuple[str, ...]:
    """The labels of our own apps."""
    return tuple(app.label for app in apps.get_app_configs() if app.name.partition(".")[0] in WITH_TABLES)


def every_model() -> Iterator[type[models.Model]]:
    """Our own models that have a table."""
    for label in ours():
        yield from apps.get_app_config(label).get_models()


def risks_of(model: type[models.Model]) -> dict[str, Risk]:
    """The class of each column of a model that has one."""
    label = model._meta.label
    risks = {str(field.name): field.risk for field in OF_DICTIONARY.get(label, ()) if not isinstance(field, TokenField)}
    risks |= {name: risk for risk, names in NAMED.get(label, {}).items() for name in names.split()}
    by_kind = {str(field.column): risk for field in model._meta.local_concrete_fields if (risk := risk_of_kind(field))}
    return by_kind | risks


def risk_of_kind(field: models.Field[object, object]) -> Risk | None:
    """The class that a column has by its kind. None: what it holds has to be known."""
    if isinstance(field, models.ForeignKey):
        return LINKS.get(field.related_model, OPERATIONAL)
    is_row_id = field.primary_key and isinstance(field, models.AutoField | models.UUIDField)
    return OPERATIONAL if is_row_id or isinstance(field, models.DateTimeField | models.BooleanField) else None


def labels_of(tables: Mapping[str, str]) -> frozenset[str]:
    """The labels of tables that are named by app."""
    return frozenset(f"{app}.{name}" for app, names in tables.items() for name in names.split())


COLUMNS: dict[str, dict[str, Risk]] = {model._meta.label: risks_of(model) for model in every_model()}
MUTABLE, BUILD = labels_of(TABLES_THAT_CHANGE), labels_of(TABLES_OF_BUILD)
# Refused by trigger: UPDATE and DELETE, but for what the words of the trigger allow.
APPEND_ONLY = {label: ALLOWED.get(label, ()) for label in COLUMNS if label not in MUTABLE}
