"""Crises, notices with their texts, and what partners say of them. Every row is written once; what counts is derived from rows."""

from __future__ import annotations

from datetime import date

from django.conf import settings as project
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from cases.codelists.types import NOT_APPLICABLE
from core.rows import StoredRow
from core.text import say
from notices import choices
from notices.choices import AcknowledgementKind, is_writing
from partners.choices import CodeField
from partners.models import Client, Partner

USER = project.AUTH_USER_MODEL
# GSM 03.38 has 160 characters in one message; what needs other letters is sent in several, and says the same.
LONGEST_SMS = 160
LONGEST_TEXT = 4000
LONGEST_TITLE = 160
FIRST_DAY = date(2000, 1, 1)
LETTER = "A-Za-zÀ-ſ"
GAP = f"[^0-9{LETTER}]"
# What no address of a house in Denmark has: another letter, digit or sign than these; five digits in a row; eight that no letter
# and no comma parts, or with which it ends, since after a postal code comes a town; four times two, as telephone numbers are read,
# if no hyphen parts them as houses; a word that leads to a person or to another place; and a name of a site or of a mailbox.
WORDS = "(tlf|telefon|mobil)(nr|nummer)?|tel|ring|e?mail|www|c/o"
NO_ADDRESS = (
    f"(?i)[^ 0-9{LETTER}.,:;'’\"/()&–-]|[0-9]{{5}}|([0-9][^0-9{LETTER},]*){{8}}|([0-9]{GAP}*){{8}}$"
    f"|[0-9]{{2}}([^0-9{LETTER}–-]+[0-9]{{2}}){{3}}(?![0-9])"
    f"|(^|[^{LETTER}])({WORDS})([^{LETTER}]|$)|://|[(]a[)]|[0-9{LETTER}-][.](dk|com|net|org)([^{LETTER}]|$)"
)
# A notice leads to pages of its authority alone, and to none that runs something.
SAFE_SOURCE = r'^https://[^\s<>"]+$'
LONGEST_ADDRESS = 200


class Crisis(models.Model):
    """A crisis that the centre has declared. `forms`: the count forms that are expected while it lasts, by their ids."""

    id = models.BigAutoField(primary_key=True)
    code = models.SlugField(max_length=32, unique=True, db_index=False)
    title_da = models.CharField(max_length=LONGEST_TITLE)
    title_en = models.CharField(max_length=LONGEST_TITLE)
    started_on = models.DateField()
    forms = ArrayField(CodeField(max_length=32, choices=choices.crisis_forms), default=list, blank=True)
    user = models.ForeignKey(USER, on_delete=models.PROTECT, editable=False, db_index=False)
    declared_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering = ("-started_on", "-id")
        default_permissions = ("view", "add")
        constraints = [
            models.CheckConstraint(condition=Q(forms__contained_by=[*choices.CRISIS_FORMS]), name="crisis_forms_known"),
            models.CheckConstraint(condition=Q(started_on__gte=FIRST_DAY), name="crisis_in_this_century"),
            models.CheckConstraint(condition=is_writing("title_da", "title_en"), name="crisis_written"),
        ]

    def __str__(self) -> str:
        return str(say(self.title_da, self.title_en))

    @property
    def subject(self) -> str:
        """What the audit calls it."""
        return self.code


class CrisisEnd(StoredRow):
    """That a crisis ended, and on which day it lasted to. There is one at most."""

    of = models.OneToOneField(Crisis, on_delete=models.PROTECT, primary_key=True, related_name="end")
    ended_on = models.DateField()
    user = models.ForeignKey(USER, on_delete=models.PROTECT, db_index=False)
    ended_at = models.DateTimeField(db_default=Now(), editable=False)


class Notice(models.Model):
    """A notice: who issues it, about what, for whom, where and until when. It has a text in each language (`NoticeText`).

    `severity`, `urgency`, `certainty`: of CAP 1.2. `regions`: empty is the whole country. `language`: that of the first text, which
    the others translate. `supersedes`: an earlier notice in whose place it comes.
    """

    id = models.BigAutoField(primary_key=True)
    crisis = models.ForeignKey(Crisis, on_delete=models.PROTECT)
    issuer_da = models.CharField(max_length=100)
    issuer_en = models.CharField(max_length=100)
    subject_code = CodeField(max_length=32, choices=choices.SUBJECTS)
    audience = CodeField(max_length=32, choices=choices.AUDIENCES)
    severity = CodeField(max_length=16, choices=choices.SEVERITIES)
    urgency = CodeField(max_length=16, choices=choices.URGENCIES)
    certainty = CodeField(max_length=16, choices=choices.CERTAINTIES)
    regions = ArrayField(CodeField(max_length=8, choices=choices.regions), default=list, blank=True)
    language = CodeField(max_length=8, choices=choices.LANGUAGE_CODES, default="da")
    valid_from = models.DateTimeField()
    valid_to = models.DateTimeField()
    source = models.URLField(blank=True, default="")
    supersedes = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="later")
    user = models.ForeignKey(USER, on_delete=models.PROTECT, editable=False, db_index=False)
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering = ("-id",)
        default_permissions = ("view", "add")
        # To review a text is another person's act than to write it.
        permissions = [
            ("review_notice", "Can review texts of notices that others wrote"),
            ("publish_notice", "Can publish reviewed texts of notices, and withdraw notices"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(valid_to__gt=F("valid_from")), name="notice_ends_later"),
            models.CheckConstraint(
                condition=Q(regions__contained_by=[code for code, _ in choices.regions()]), name="notice_regions_known"
            ),
            models.CheckConstraint(condition=Q(source="") | Q(source__regex=SAFE_SOURCE), name="notice_source_safe"),
            models.CheckConstraint(condition=is_writing("issuer_da", "issuer_en"), name="notice_written"),
        ]

    def __str__(self) -> str:
        return f"{self.pk}. {self.get_subject_code_display()}"

    @property
    def subject(self) -> str:
        """What the audit calls it."""
        return str(self.pk)


class NoticeText(models.Model):
    """A text of a notice in a language. The latest of a language counts; each is written once.

    `is_finished`: its author has done with it; else it is a draft. `source`: the text that it translates; null for the first
    language.
    """

    id = models.BigAutoField(primary_key=True)
    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="texts")
    language = CodeField(max_length=8, choices=choices.LANGUAGE_CODES)
    title = models.CharField(max_length=LONGEST_TITLE)
    text = models.TextField(max_length=LONGEST_TEXT)
    sms = models.CharField(max_length=LONGEST_SMS)
    is_finished = models.BooleanField(default=False)
    source = models.ForeignKey("self", on_delete=models.PROTECT, null=True, db_index=False)
    user = models.ForeignKey(USER, on_delete=models.PROTECT, db_index=False, related_name="+")
    written_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering = ("id",)
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(title__regex=r"\S", text__regex=r"\S", sms__regex=r"\S"), name="noticetext_said"
            ),
            models.CheckConstraint(condition=is_writing("title", "text", "sms"), name="noticetext_written"),
        ]

    def __str__(self) -> str:
        return f"{self.notice_id} {self.language}"


class NoticeReview(StoredRow):
    """That another person than its author has read a text and found it right. `by_speaker`: one who speaks its language."""

    of = models.OneToOneField(NoticeText, on_delete=models.PROTECT, primary_key=True, related_name="review")
    by_speaker = models.BooleanField(default=False)
    user = models.ForeignKey(USER, on_delete=models.PROTECT, db_index=False)
    reviewed_at = models.DateTimeField(db_default=Now(), editable=False)


class NoticePublication(models.Model):
    """That a reviewed text is public. `number`: how many of its notice were published then; the latest of a language counts."""

    of = models.OneToOneField(NoticeText, on_delete=models.PROTECT, primary_key=True, related_name="publication")
    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, db_index=False, related_name="publications")
    language = models.CharField(max_length=8)
    number = models.PositiveIntegerField()
    user = models.ForeignKey(USER, on_delete=models.PROTECT, db_index=False)
    published_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering = ("notice_id", "number")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=("notice", "number"), name="noticepublication_number")]

    def __str__(self) -> str:
        return f"{self.notice_id}.{self.number}"


class NoticeSheet(StoredRow):
    """A published text as a sheet of A4 with a QR code, as the worker has made it."""

    of = models.OneToOneField(NoticePublication, on_delete=models.PROTECT, primary_key=True, related_name="sheet")
    pdf = models.BinaryField()
    digest = models.CharField(max_length=64)


class NoticeWithdrawal(StoredRow):
    """That a notice no longer holds, and which one does instead, if any. There is one at most."""

    of = models.OneToOneField(Notice, on_delete=models.PROTECT, primary_key=True, related_name="withdrawal")
    replacement = models.ForeignKey(
        Notice, on_delete=models.PROTECT, null=True, db_index=False, related_name="replaces"
    )
    user = models.ForeignKey(USER, on_delete=models.PROTECT, db_index=False)
    withdrawn_at = models.DateTimeField(db_default=Now(), editable=False)


class Acknowledgement(models.Model):
    """That a partner has seen a notice, or has handed it on in a month by a channel. `user`: the person on the desk, if any."""

    id = models.BigAutoField(primary_key=True)
    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, db_index=False)
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT)
    kind = CodeField(max_length=16, choices=choices.ACKNOWLEDGEMENTS)
    month = models.DateField(null=True)
    channel = CodeField(max_length=32, choices=choices.CHANNELS, default=NOT_APPLICABLE)
    client = models.ForeignKey(Client, on_delete=models.PROTECT, db_index=False)
    user = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, db_index=False)
    said_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering = ("id",)
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=str(AcknowledgementKind.SEEN), month=None, channel=NOT_APPLICABLE)
                | Q(kind=str(AcknowledgementKind.HANDED_ON), month__isnull=False, month__day=1)
                & ~Q(channel=NOT_APPLICABLE),
                name="acknowledgement_by_kind",
            ),
            models.UniqueConstraint(
                fields=("notice", "partner", "kind", "month", "channel"),
                nulls_distinct=False,
                name="acknowledgement_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.notice_id} {self.kind}"


class ServiceStatus(models.Model):
    """What a partner says of a service: whether it is open, until when that holds, and where it is. The latest row counts.

    `address`: what the public list shows. A partner that keeps a place unknown leaves it empty: then none is stored, nor any more
    in what it said before. `address_taken_by`: who of the staff has taken it down. It is carried over until a person of the partner
    says an address again.
    """

    id = models.BigAutoField(primary_key=True)
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, db_index=False)
    place = CodeField(max_length=32, choices=choices.PLACES)
    region = CodeField(max_length=8, choices=choices.regions)
    state = CodeField(max_length=32, choices=choices.SERVICE_STATES)
    until = models.DateField(null=True)
    address = models.CharField(max_length=LONGEST_ADDRESS, blank=True, default="")
    client = models.ForeignKey(Client, on_delete=models.PROTECT, db_index=False)
    user = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, db_index=False)
    said_at = models.DateTimeField(db_default=Now(), editable=False)
    address_taken_by = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, db_index=False, related_name="+")

    class Meta:
        ordering = ("id",)
        default_permissions = ("view",)
        permissions = [("take_address_down", "Can take down addresses of services")]
        indexes = [models.Index("partner", "place", "region", "id", name="servicestatus_latest")]
        # No number of a person, no telephone, no mail and no site: the address is read by everybody.
        constraints = [
            models.CheckConstraint(condition=~Q(address__regex=NO_ADDRESS), name="servicestatus_address_plain")
        ]

    def __str__(self) -> str:
        return f"{self.partner}, {self.get_place_display()}, {self.get_region_display()}: {self.get_state_display()}"
