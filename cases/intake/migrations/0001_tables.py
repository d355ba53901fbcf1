"""Deliveries of many referrals: batches, what waits of them, what became of each row, and what partners told of their columns.

And reports of stored referrals that were validated again: counts, for staff.
"""

import uuid

import django.contrib.postgres.fields
import django.contrib.postgres.functions
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

import cases.fields
from core.install import HISTORY, CreateModels, append_only, date, grant, steps


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("partners", "0001_tables"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        migrations.swappable_dependency(settings.OAUTH2_PROVIDER_APPLICATION_MODEL),
    ]

    operations = [
        CreateModels(
            migrations.CreateModel(
                name="ColumnMapping",
                fields=[
                    (
                        "partner",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.PROTECT,
                            primary_key=True,
                            related_name="+",
                            serialize=False,
                            to="partners.partner",
                        ),
                    ),
                    ("content", models.JSONField(default=dict)),
                    ("version", models.PositiveIntegerField(default=1)),
                    ("used_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ],
                options={
                    "default_permissions": (),
                },
            ),
            migrations.CreateModel(
                name="StagedRow",
                fields=[
                    ("referred_in", models.DateField()),
                    ("region", models.CharField(max_length=32)),
                    ("setting", models.CharField(max_length=32)),
                    ("detected_by", models.CharField(max_length=32)),
                    ("gender", models.CharField(max_length=32)),
                    ("age_band", models.CharField(max_length=32)),
                    ("minor_when_exploited", models.CharField(max_length=32)),
                    ("citizenship", models.CharField(max_length=32)),
                    ("residence_basis", models.CharField(max_length=32)),
                    ("exploitation", models.CharField(max_length=32)),
                    (
                        "exploitation_also",
                        django.contrib.postgres.fields.ArrayField(
                            base_field=models.CharField(max_length=32), default=cases.fields.not_asked
                        ),
                    ),
                    ("exploitation_detail", models.CharField(default="_N", max_length=32)),
                    ("exploited_in", models.CharField(max_length=32)),
                    (
                        "means_of_control",
                        django.contrib.postgres.fields.ArrayField(
                            base_field=models.CharField(max_length=32), default=cases.fields.not_asked
                        ),
                    ),
                    ("recruiter", models.CharField(default="_N", max_length=32)),
                    ("duration", models.CharField(default="_N", max_length=32)),
                    ("unaccompanied_minor", models.CharField(default="_N", max_length=32)),
                    ("guardian_assigned", models.CharField(default="_N", max_length=32)),
                    (
                        "services_needed",
                        django.contrib.postgres.fields.ArrayField(
                            base_field=models.CharField(max_length=32), default=cases.fields.not_asked
                        ),
                    ),
                    (
                        "services_given",
                        django.contrib.postgres.fields.ArrayField(
                            base_field=models.CharField(max_length=32), default=cases.fields.not_asked
                        ),
                    ),
                    ("previously_referred", models.CharField(default="_N", max_length=32)),
                    ("consent", models.CharField(max_length=32)),
                    (
                        "pk",
                        models.CompositePrimaryKey(
                            "batch_id", "index", blank=True, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("batch_id", models.UUIDField()),
                    ("index", models.PositiveIntegerField()),
                    ("line", models.PositiveIntegerField()),
                    ("reference", models.UUIDField()),
                    ("digest", models.CharField(max_length=64)),
                    ("content", models.CharField(db_default="", max_length=64)),
                    ("expected", models.PositiveIntegerField(null=True)),
                    ("seen", models.PositiveIntegerField(null=True)),
                    ("token", models.CharField(max_length=11, null=True)),
                    ("new_token", models.CharField(max_length=11)),
                    ("case_id", models.UUIDField(db_default=django.contrib.postgres.functions.RandomUUID())),
                    ("checks", models.JSONField(null=True)),
                    ("holds", models.BooleanField()),
                    ("repeats", models.BooleanField(db_default=False)),
                    ("contradicts", models.BooleanField(db_default=False)),
                ],
                options={
                    "default_permissions": (),
                },
            ),
            migrations.CreateModel(
                name="Batch",
                fields=[
                    ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ("key_digest", models.CharField(max_length=64, null=True)),
                    ("fingerprint", models.CharField(max_length=64)),
                    (
                        "created_at",
                        models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
                    ),
                    ("began_at", models.DateTimeField(null=True)),
                    ("finished_at", models.DateTimeField(null=True)),
                    ("state", models.CharField(default="queued", max_length=16)),
                    ("stage", models.CharField(default="guarding", max_length=16)),
                    ("dry_run", models.BooleanField()),
                    ("handling", models.CharField(max_length=8)),
                    ("prefer_latest", models.BooleanField(default=False)),
                    ("format", models.CharField(default="", max_length=8)),
                    ("language", models.CharField(default="en", max_length=2)),
                    ("sheet", models.CharField(default="", max_length=32)),
                    ("total", models.PositiveIntegerField(null=True)),
                    ("done", models.PositiveIntegerField(default=0)),
                    ("applied", models.PositiveIntegerField(default=0)),
                    ("created", models.PositiveIntegerField(default=0)),
                    ("corrected", models.PositiveIntegerField(default=0)),
                    ("unchanged", models.PositiveIntegerField(default=0)),
                    ("rejected", models.PositiveIntegerField(default=0)),
                    ("held", models.PositiveIntegerField(default=0)),
                    ("stored", models.BooleanField(default=False)),
                    ("waits", models.BooleanField(default=False)),
                    ("problem", models.CharField(default="", max_length=32)),
                    ("mapping", models.JSONField(default=dict)),
                    ("findings", models.JSONField(default=list)),
                    ("questions", models.JSONField(default=list)),
                    ("columns", models.JSONField(default=dict)),
                    (
                        "client",
                        models.ForeignKey(
                            db_index=False,
                            on_delete=django.db.models.deletion.PROTECT,
                            to=settings.OAUTH2_PROVIDER_APPLICATION_MODEL,
                        ),
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
                    (
                        "committed_by",
                        models.ForeignKey(
                            db_index=False,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "confirmed_by",
                        models.ForeignKey(
                            db_index=False,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    ("content_digest", models.CharField(default="", max_length=64)),
                ],
                options={
                    "ordering": ("-created_at", "-id"),
                    "indexes": [
                        models.Index(models.F("partner"), models.F("created_at"), models.F("id"), name="batch_pages")
                    ],
                    "constraints": [
                        models.UniqueConstraint(fields=("partner", "key_digest"), name="batch_key"),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("state__in", ["queued", "running", "needs_review", "done", "failed", "cancelled"])
                            ),
                            name="batch_state_code",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("stage__in", ["guarding", "checking", "comparing", "storing", "reporting"])
                            ),
                            name="batch_stage_code",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("handling__in", ["strict", "lenient"])), name="batch_handling_code"
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Confirmation",
                fields=[
                    ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ("rule", models.CharField(max_length=48)),
                    ("digest", models.CharField(max_length=64)),
                    ("reason_code", models.CharField(max_length=32)),
                    (
                        "confirmed_at",
                        models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
                    ),
                    (
                        "client",
                        models.ForeignKey(
                            db_index=False,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            to=settings.OAUTH2_PROVIDER_APPLICATION_MODEL,
                        ),
                    ),
                    (
                        "partner",
                        models.ForeignKey(
                            db_index=False, on_delete=django.db.models.deletion.PROTECT, to="partners.partner"
                        ),
                    ),
                ],
                options={
                    "default_permissions": (),
                    "constraints": [
                        models.UniqueConstraint(fields=("partner", "digest", "rule"), name="confirmation_once")
                    ],
                },
            ),
            migrations.CreateModel(
                name="ErrorFile",
                fields=[
                    (
                        "pk",
                        models.CompositePrimaryKey(
                            "batch_id", "format", blank=True, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("format", models.CharField(max_length=8)),
                    ("content", models.BinaryField()),
                    (
                        "batch",
                        models.ForeignKey(
                            db_index=False, on_delete=django.db.models.deletion.CASCADE, to="intake.batch"
                        ),
                    ),
                ],
                options={
                    "default_permissions": (),
                },
            ),
            migrations.CreateModel(
                name="RowResult",
                fields=[
                    (
                        "pk",
                        models.CompositePrimaryKey(
                            "batch_id", "index", blank=True, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("index", models.PositiveIntegerField()),
                    ("line", models.PositiveIntegerField()),
                    ("reference", models.UUIDField(null=True)),
                    ("outcome", models.CharField(max_length=16)),
                    ("version", models.PositiveIntegerField(null=True)),
                    ("findings", models.JSONField(null=True)),
                    (
                        "batch",
                        models.ForeignKey(
                            db_constraint=False,
                            db_index=False,
                            on_delete=django.db.models.deletion.CASCADE,
                            to="intake.batch",
                        ),
                    ),
                ],
                options={
                    "default_permissions": (),
                },
            ),
            migrations.CreateModel(
                name="RevalidationReport",
                fields=[
                    ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    (
                        "created_at",
                        models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
                    ),
                    ("referrals", models.PositiveIntegerField()),
                    ("refused", models.PositiveIntegerField()),
                    ("held", models.PositiveIntegerField()),
                    ("counts", models.JSONField(default=list)),
                    ("schema_version", models.CharField(max_length=8)),
                    (
                        "partner",
                        models.ForeignKey(
                            db_index=False,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            to="partners.partner",
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
                    "ordering": ("-created_at", "-id"),
                },
            ),
        ),
        # What waits is nobody's to keep: it is in no log of PostgreSQL, no copy of it and no backup.
        steps("ALTER TABLE intake_stagedrow SET UNLOGGED"),
        append_only("intake_confirmation", but=["erase"]),
        append_only("intake_revalidationreport"),
        date("intake_batch", "created_at", "", HISTORY),
        date("intake_confirmation", "confirmed_at", "", HISTORY),
        date("intake_revalidationreport", "created_at", "", HISTORY),
        grant("SELECT, INSERT, UPDATE", "intake_batch", "intake_columnmapping"),
        grant("SELECT, INSERT, UPDATE, DELETE", "intake_stagedrow", "intake_rowresult", "intake_errorfile"),
        # Whoever fills the table tells the planner how full it is.
        grant("MAINTAIN", "intake_stagedrow"),
        grant("SELECT, INSERT", "intake_confirmation"),
        grant("SELECT", "intake_revalidationreport"),
    ]
