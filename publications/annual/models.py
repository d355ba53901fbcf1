"""Annual reports: drafts that the server makes of published figures, what people write in them, and what is published of them."""

from __future__ import annotations

from django.conf import settings as project
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from core.text import Text
from partners.choices import CodeField
from publications.annual.words import ORDER_STATES
from stats.models import LONGEST_NOTES

OPEN, DONE, FAILED = "OPEN", "DONE", "FAILED"
STATES = (OPEN, DONE, FAILED)
LONGEST_TEXT = 6000


def both_or_none(name: str) -> Q:
    """A condition on a text in two languages: it is words in both, or in neither."""
    words = {language: Q((f"{name}_{language}__regex", r"\S")) for language in Text._fields}
    return (words["da"] & words["en"]) | (~words["da"] & ~words["en"])


class ReportDraft(models.Model):
    """A report of a year as the server made it. The newest of its year counts; no draft is changed.

    `documents`: the report by language, with everything proposed. `places`: where a person writes something. `numbers`:
    what each section shows, and by the empty name what a correction may tell. `basis`: the public releases of the years up to its
    own, with what is announced of them: a draft is stale once that is another. `correction_…`: what a later version corrects.
    """

    id = models.BigAutoField(primary_key=True)
    year = models.PositiveSmallIntegerField()
    user = models.ForeignKey(project.AUTH_USER_MODEL, on_delete=models.PROTECT, db_index=False)
    drafted_at = models.DateTimeField(db_default=Now(), editable=False)
    documents = models.JSONField()
    places = ArrayField(models.TextField())
    numbers = models.JSONField()
    basis = models.JSONField()
    correction_da = models.CharField(max_length=LONGEST_NOTES, default="", blank=True)
    correction_en = models.CharField(max_length=LONGEST_NOTES, default="", blank=True)
    software = models.CharField(max_length=32)

    class Meta:
        ordering = ("-year", "-id")
        # To write a report is one person's act and to publish it another's.
        permissions = [
            ("write_report", "Can order drafts of annual reports and write in them"),
            ("publish_report", "Can publish annual reports that others wrote"),
        ]
        constraints = [
            models.CheckConstraint(condition=both_or_none("correction"), name="reportdraft_correction_in_both"),
        ]

    def __str__(self) -> str:
        return f"{self.year} ({self.pk})"


class ReportText(models.Model):
    """What a person wrote or left as proposed in a place of a draft. The latest of a place counts, and none is changed.

    `place`: the id of a section with `:heading` or `:comment`, or that of a chart with `:alt`.
    """

    id = models.BigAutoField(primary_key=True)
    draft = models.ForeignKey(ReportDraft, on_delete=models.PROTECT)
    place = models.CharField(max_length=100)
    text_da = models.TextField(max_length=LONGEST_TEXT, blank=True, default="")
    text_en = models.TextField(max_length=LONGEST_TEXT, blank=True, default="")
    user = models.ForeignKey(project.AUTH_USER_MODEL, on_delete=models.PROTECT, db_index=False)
    written_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering = ("id",)
        constraints = [
            models.CheckConstraint(condition=both_or_none("text"), name="reporttext_in_both"),
            models.CheckConstraint(
                condition=Q(place__endswith=":comment") | Q(text_da__regex=r"\S"), name="reporttext_said"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.draft_id} {self.place}"


class ReportPublication(models.Model):
    """That a draft is published as a version of its year, with the texts up to `last_text`, and by whom. Final."""

    draft = models.OneToOneField(ReportDraft, on_delete=models.PROTECT, primary_key=True)
    year = models.PositiveSmallIntegerField()
    version = models.PositiveSmallIntegerField()
    last_text = models.ForeignKey(ReportText, on_delete=models.PROTECT, db_index=False, related_name="+")
    user = models.ForeignKey(project.AUTH_USER_MODEL, on_delete=models.PROTECT, db_index=False)
    published_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering = ("year", "version")
        constraints = [models.UniqueConstraint(fields=("year", "version"), name="reportpublication_version")]

    def __str__(self) -> str:
        return f"{self.year}, {self.version}"


class ReportEdition(models.Model):
    """A published version in a language, as its readers get it: the document, its data as a file, the PDF, and their SHA-256.

    The data are kept as they were: what a program writes of the same document may change with it.
    """

    pk = models.CompositePrimaryKey("publication_id", "language")
    publication = models.ForeignKey(ReportPublication, on_delete=models.PROTECT, db_index=False)
    language = models.CharField(max_length=2)
    document = models.JSONField()
    data = models.TextField()
    data_digest = models.CharField(max_length=64)
    pdf = models.BinaryField()
    pdf_digest = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.publication_id} {self.language}"


class ReportOrder(models.Model):
    """What staff want the server to do: make a draft of a year. `message`: the outcome, in words."""

    id = models.BigAutoField(primary_key=True)
    year = models.PositiveSmallIntegerField()
    correction_da = models.CharField(max_length=LONGEST_NOTES, default="", blank=True)
    correction_en = models.CharField(max_length=LONGEST_NOTES, default="", blank=True)
    user = models.ForeignKey(project.AUTH_USER_MODEL, on_delete=models.PROTECT, db_index=False)
    ordered_at = models.DateTimeField(db_default=Now(), editable=False)
    state = CodeField(max_length=16, choices=ORDER_STATES, default=OPEN, editable=False)
    message = models.TextField(default="", editable=False)

    class Meta:
        ordering = ("-ordered_at", "-id")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=STATES), name="reportorder_state_code"),
            models.CheckConstraint(condition=both_or_none("correction"), name="reportorder_correction_in_both"),
        ]

    def __str__(self) -> str:
        return str(self.year)

    @property
    def subject(self) -> str:
        """What the audit calls it, in no language."""
        return str(self.year)
