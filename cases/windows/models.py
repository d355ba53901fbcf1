"""Windows of years, their reopenings, records that are open beside them, and receipts of signed years. All are append-only."""

from __future__ import annotations

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from core.text import Text, say
from partners.choices import CodeField
from partners.models import Partner

WINDOW_REASONS = {
    "YEAR_PLANNED": Text("Årets frister er fastsat", "The dates of the year were set"),
    "PARTNER_ASKED": Text("Partneren har bedt om mere tid", "The partner asked for more time"),
    "PARTNER_IS_NEW": Text("Partneren er ny", "The partner is new"),
    "SERVICE_FAILED": Text("Tjenesten var nede", "The service was not available"),
    "ENTERED_WRONGLY": Text("Datoerne var indtastet forkert", "The dates had been entered wrongly"),
    "NO_LONGER_NEEDED": Text("Undtagelsen er ikke længere nødvendig", "The exception is no longer needed"),
}
REOPENING_REASONS = {
    "RECORD_MISSING": Text("Der mangler en henvisning", "A referral is missing"),
    "CONTENT_WRONG": Text("Noget af det indberettede er forkert", "Something that was reported is wrong"),
    "NIL_WRONG": Text("En nulindberetning var forkert", "A nil report was wrong"),
    "CENTRE_ASKED": Text("Centret har bedt om en rettelse", "The centre asked for a correction"),
    "SIGNED_BY_MISTAKE": Text("Året blev underskrevet ved en fejl", "The year was signed by mistake"),
}


FIRST_YEAR, LAST_YEAR = 2000, 2100


class WindowChange(models.Model):
    """What staff have set for a year: of one partner, or of all. The latest row of a partner and year holds.

    Each day is the last one on which something may be done, `opens_on` the first. A day that is empty is that of all partners,
    and there that of the default (`cases.windows.years`).
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, null=True, blank=True)
    year = models.PositiveSmallIntegerField()
    opens_on = models.DateField(null=True, blank=True)
    deadline_on = models.DateField(null=True, blank=True)
    new_until = models.DateField(null=True, blank=True)
    corrections_until = models.DateField(null=True, blank=True)
    reason_code = CodeField(max_length=32, choices=WINDOW_REASONS)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, editable=False, db_index=False)
    changed_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering = ("-changed_at", "-id")
        constraints = [
            models.CheckConstraint(condition=Q(year__range=(FIRST_YEAR, LAST_YEAR)), name="windowchange_year_range"),
            models.CheckConstraint(condition=Q(reason_code__in=[*WINDOW_REASONS]), name="windowchange_reason_code"),
            models.CheckConstraint(
                condition=Q(opens_on=None) | Q(new_until=None) | Q(new_until__gte=F("opens_on")),
                name="windowchange_closes_after_it_opens",
            ),
            models.CheckConstraint(
                condition=Q(new_until=None) | Q(corrections_until=None) | Q(corrections_until__gte=F("new_until")),
                name="windowchange_corrections_close_last",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year}, {self.partner if self.partner_id else say('alle partnere', 'all partners')}"

    @property
    def subject(self) -> str:
        """The row as an audit event names it."""
        return str(self.pk)


class Reopening(models.Model):
    """That a year of a partner is open again until a day, for new records and corrections. It has to be signed again.

    By staff, or by one of the partner's people while the window itself is open (trigger `may_reopen`).
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT)
    year = models.PositiveSmallIntegerField()
    until_on = models.DateField()
    reason_code = CodeField(max_length=32, choices=REOPENING_REASONS)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, editable=False, db_index=False)
    reopened_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering = ("-reopened_at", "-id")
        constraints = [
            models.CheckConstraint(condition=Q(year__range=(FIRST_YEAR, LAST_YEAR)), name="reopening_year_range"),
            models.CheckConstraint(condition=Q(reason_code__in=[*REOPENING_REASONS]), name="reopening_reason_code"),
        ]

    def __str__(self) -> str:
        return f"{self.year}, {self.partner}"

    @property
    def subject(self) -> str:
        """The row as an audit event names it."""
        return str(self.pk)


class RecordOpening(models.Model):
    """That one record may be corrected until a moment, whatever the window of its year says. The reference is kept as an HMAC.

    The last row on a record holds. One that makes it shorter anybody may write; `user` is none where a machine of the partner did.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, db_index=False)
    digest = models.CharField(max_length=64)
    until = models.DateTimeField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, db_index=False)
    opened_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        default_permissions = ()
        indexes = [
            models.Index("partner", "until", name="recordopening_open"),
            # Each write asks for the last row on a record.
            models.Index("partner", "digest", "opened_at", name="recordopening_last"),
        ]

    def __str__(self) -> str:
        return f"until {self.until:%Y-%m-%d}"


class YearReceipt(models.Model):
    """That a person of the partner has signed a year. `document`: the signed text (`oversight.reporting.receipts.signing`).

    `digest`: the SHA-256 of the text, by which anybody may ask whether it is known. A worker signs it soon (`ReceiptSignature`).
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, db_index=False)
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, db_index=False)
    signed_at = models.DateTimeField()
    document = models.TextField()
    digest = models.CharField(max_length=64, unique=True)

    class Meta:
        default_permissions = ("view",)
        ordering = ("-signed_at", "-id")
        constraints = [
            models.UniqueConstraint(fields=("partner", "year", "number"), name="receipt_number"),
            models.CheckConstraint(condition=Q(year__range=(FIRST_YEAR, LAST_YEAR)), name="receipt_year_range"),
            models.CheckConstraint(condition=Q(number__gte=1), name="receipt_number_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.year}, {self.number}"


class ReceiptSignature(models.Model):
    """The signature of a receipt: Ed25519, in base64, with the public key that verifies it. A worker signs once.

    The web server reads it, and has neither the key nor the right to write one.
    """

    receipt = models.OneToOneField(
        YearReceipt, on_delete=models.PROTECT, primary_key=True, db_index=False, related_name="signature"
    )
    public_key = models.CharField(max_length=44)
    value = models.CharField(max_length=88)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.public_key)


class ReceiptFile(models.Model):
    """The PDF of a receipt in one language. A worker makes it once."""

    pk = models.CompositePrimaryKey("receipt_id", "language")
    receipt = models.ForeignKey(YearReceipt, on_delete=models.PROTECT, db_index=False, related_name="files")
    language = models.CharField(max_length=2)
    content = models.BinaryField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.language)
