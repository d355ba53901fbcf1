"""Windows of years, their reopenings, and receipts of signed years."""

import uuid

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

from core.install import (
    HISTORY,
    CreateModels,
    InstallSQL,
    append_only,
    check_insert,
    date,
    grant,
    keep_rows,
    never_emptied,
)

TABLES = (
    "windows_windowchange",
    "windows_reopening",
    "windows_recordopening",
    "windows_yearreceipt",
    "windows_receiptfile",
    "windows_receiptsignature",
)


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("cases", "0001_tables"),
        ("partners", "0001_tables"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModels(
            migrations.CreateModel(
                name="YearReceipt",
                fields=[
                    ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ("year", models.PositiveSmallIntegerField()),
                    ("number", models.PositiveIntegerField()),
                    ("signed_at", models.DateTimeField()),
                    ("document", models.TextField()),
                    ("digest", models.CharField(max_length=64, unique=True)),
                    (
                        "partner",
                        models.ForeignKey(
                            db_index=False, on_delete=django.db.models.deletion.PROTECT, to="partners.partner"
                        ),
                    ),
                    (
                        "user",
                        models.ForeignKey(
                            db_index=False, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL
                        ),
                    ),
                ],
                options={
                    "ordering": ("-signed_at", "-id"),
                    "default_permissions": ("view",),
                    "constraints": [
                        models.UniqueConstraint(fields=("partner", "year", "number"), name="receipt_number"),
                        models.CheckConstraint(
                            condition=models.Q(("year__range", (2000, 2100))), name="receipt_year_range"
                        ),
                        models.CheckConstraint(condition=models.Q(("number__gte", 1)), name="receipt_number_from_one"),
                    ],
                },
            ),
            migrations.CreateModel(
                name="ReceiptSignature",
                fields=[
                    (
                        "receipt",
                        models.OneToOneField(
                            db_index=False,
                            on_delete=django.db.models.deletion.PROTECT,
                            primary_key=True,
                            related_name="signature",
                            serialize=False,
                            to="windows.yearreceipt",
                        ),
                    ),
                    ("public_key", models.CharField(max_length=44)),
                    ("value", models.CharField(max_length=88)),
                ],
                options={
                    "default_permissions": (),
                },
            ),
            migrations.CreateModel(
                name="ReceiptFile",
                fields=[
                    (
                        "pk",
                        models.CompositePrimaryKey(
                            "receipt_id", "language", blank=True, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("language", models.CharField(max_length=2)),
                    ("content", models.BinaryField()),
                    (
                        "receipt",
                        models.ForeignKey(
                            db_index=False,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="files",
                            to="windows.yearreceipt",
                        ),
                    ),
                ],
                options={
                    "default_permissions": (),
                },
            ),
            migrations.CreateModel(
                name="RecordOpening",
                fields=[
                    ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ("digest", models.CharField(max_length=64)),
                    ("until", models.DateTimeField()),
                    (
                        "opened_at",
                        models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
                    ),
                    (
                        "partner",
                        models.ForeignKey(
                            db_index=False, on_delete=django.db.models.deletion.PROTECT, to="partners.partner"
                        ),
                    ),
                    (
                        "user",
                        models.ForeignKey(
                            db_index=False,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                ],
                options={
                    "default_permissions": (),
                    "indexes": [
                        models.Index(models.F("partner"), models.F("until"), name="recordopening_open"),
                        models.Index(
                            models.F("partner"), models.F("digest"), models.F("opened_at"), name="recordopening_last"
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Reopening",
                fields=[
                    ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ("year", models.PositiveSmallIntegerField()),
                    ("until_on", models.DateField()),
                    ("reason_code", models.CharField(max_length=32)),
                    (
                        "reopened_at",
                        models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
                    ),
                    ("partner", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="partners.partner")),
                    (
                        "user",
                        models.ForeignKey(
                            db_index=False,
                            editable=False,
                            on_delete=django.db.models.deletion.PROTECT,
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                ],
                options={
                    "ordering": ("-reopened_at", "-id"),
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(("year__range", (2000, 2100))), name="reopening_year_range"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                (
                                    "reason_code__in",
                                    [
                                        "RECORD_MISSING",
                                        "CONTENT_WRONG",
                                        "NIL_WRONG",
                                        "CENTRE_ASKED",
                                        "SIGNED_BY_MISTAKE",
                                    ],
                                )
                            ),
                            name="reopening_reason_code",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="WindowChange",
                fields=[
                    ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ("year", models.PositiveSmallIntegerField()),
                    ("opens_on", models.DateField(blank=True, null=True)),
                    ("deadline_on", models.DateField(blank=True, null=True)),
                    ("new_until", models.DateField(blank=True, null=True)),
                    ("corrections_until", models.DateField(blank=True, null=True)),
                    ("reason_code", models.CharField(max_length=32)),
                    (
                        "changed_at",
                        models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
                    ),
                    (
                        "partner",
                        models.ForeignKey(
                            blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to="partners.partner"
                        ),
                    ),
                    (
                        "user",
                        models.ForeignKey(
                            db_index=False,
                            editable=False,
                            on_delete=django.db.models.deletion.PROTECT,
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                ],
                options={
                    "ordering": ("-changed_at", "-id"),
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(("year__range", (2000, 2100))), name="windowchange_year_range"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                (
                                    "reason_code__in",
                                    [
                                        "YEAR_PLANNED",
                                        "PARTNER_ASKED",
                                        "PARTNER_IS_NEW",
                                        "SERVICE_FAILED",
                                        "ENTERED_WRONGLY",
                                        "NO_LONGER_NEEDED",
                                    ],
                                )
                            ),
                            name="windowchange_reason_code",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("opens_on", None),
                                ("new_until", None),
                                ("new_until__gte", models.F("opens_on")),
                                _connector="OR",
                            ),
                            name="windowchange_closes_after_it_opens",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("new_until", None),
                                ("corrections_until", None),
                                ("corrections_until__gte", models.F("new_until")),
                                _connector="OR",
                            ),
                            name="windowchange_corrections_close_last",
                        ),
                    ],
                },
            ),
        ),
        InstallSQL("cases/windows", "windows.sql", digest="05a258be9964ff38"),
        append_only(*TABLES),
        never_emptied(*TABLES),
        check_insert("may_change", "henvis_check_window_change", "windows_windowchange"),
        check_insert("may_reopen", "henvis_check_reopening", "windows_reopening"),
        check_insert("may_open", "henvis_check_record_opening", "windows_recordopening"),
        check_insert("may_sign", "henvis_check_receipt", "windows_yearreceipt"),
        date("windows_windowchange", "changed_at", "", HISTORY),
        date("windows_reopening", "reopened_at", "", HISTORY),
        date("windows_recordopening", "opened_at", "", HISTORY),
        date("windows_yearreceipt", "signed_at", "", HISTORY),
        grant("SELECT, INSERT", *TABLES[:4]),
        grant("SELECT", *TABLES[4:]),
        keep_rows(
            "windows_yearreceipt",
            "There are receipts that partners hold: without the table nobody could verify them at their addresses. "
            "Empty the table windows_yearreceipt by hand first.",
        ),
    ]
