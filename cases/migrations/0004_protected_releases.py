"""Protected releases: drafts and proofs in the schema `build`, what is published in `public`, and the orders and decisions of staff.

Exact tables move to `build` too. Rows are final: a release seals its tables, a publication seals what it published.
"""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

BUILD = ("releasetable", "protectedtable", "snapshotrecord", "proof", "work")
APPEND_ONLY = (
    "build.cases_protectedtable",
    "build.cases_snapshotrecord",
    "build.cases_proof",
    "public.cases_publishedtable",
    "public.cases_certificate",
    "public.cases_publication",
    "public.cases_withdrawal",
    "public.cases_factdecision",
)

SCHEMA = f"""
CREATE SCHEMA build;
{"".join(f"ALTER TABLE cases_{name} SET SCHEMA build;" for name in BUILD)}
"""
SCHEMA_BACK = f"""
{"".join(f"ALTER TABLE build.cases_{name} SET SCHEMA public;" for name in BUILD)}
DROP SCHEMA build;
"""

TRIGGERS = f"""
{
    "".join(
        f"CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION henvis_append_only();"
        for table in APPEND_ONLY
    )
}
CREATE TRIGGER sealed BEFORE INSERT ON build.cases_protectedtable FOR EACH ROW EXECUTE FUNCTION henvis_sealed();
CREATE TRIGGER sealed BEFORE INSERT ON build.cases_snapshotrecord FOR EACH ROW EXECUTE FUNCTION henvis_sealed();

CREATE FUNCTION henvis_published() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM public.cases_publication WHERE release_id = NEW.release_id) THEN
        RAISE EXCEPTION '% is published: INSERT refused', NEW.release_id USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER sealed BEFORE INSERT ON cases_publishedtable FOR EACH ROW EXECUTE FUNCTION henvis_published();
CREATE TRIGGER sealed BEFORE INSERT ON cases_certificate FOR EACH ROW EXECUTE FUNCTION henvis_published();
"""
TRIGGERS_BACK = f"""
{"".join(f"DROP TRIGGER append_only ON {table};" for table in APPEND_ONLY)}
DROP TRIGGER sealed ON build.cases_protectedtable;
DROP TRIGGER sealed ON build.cases_snapshotrecord;
DROP TRIGGER sealed ON cases_publishedtable;
DROP TRIGGER sealed ON cases_certificate;
DROP FUNCTION henvis_published;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0003_releases"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        migrations.swappable_dependency(settings.OAUTH2_PROVIDER_APPLICATION_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="BuildOrder",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("period", models.CharField(max_length=16)),
                (
                    "audience",
                    models.CharField(choices=[("public", "public"), ("authority", "authority")], max_length=16),
                ),
                (
                    "choice",
                    models.JSONField(
                        blank=True, help_text="Tables and parameters; empty for what the build proposes.", null=True
                    ),
                ),
                (
                    "ordered_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
                ),
                ("state", models.CharField(default="OPEN", editable=False, max_length=16)),
                ("message", models.TextField(default="", editable=False)),
                (
                    "release",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="cases.release",
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
                "ordering": ("ordered_at", "id"),
            },
        ),
        migrations.CreateModel(
            name="Certificate",
            fields=[
                (
                    "release",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        serialize=False,
                        to="cases.release",
                    ),
                ),
                ("body", models.JSONField()),
            ],
        ),
        migrations.CreateModel(
            name="FactDecision",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("fact", models.CharField(help_text="As the build named it.", max_length=200)),
                (
                    "decision",
                    models.CharField(
                        choices=[
                            ("superseded", "superseded"),
                            ("different_definition", "different_definition"),
                            ("interval", "interval"),
                        ],
                        max_length=32,
                    ),
                ),
                ("low", models.PositiveIntegerField(blank=True, null=True)),
                (
                    "high",
                    models.PositiveIntegerField(blank=True, help_text="Of an interval; empty for no bound.", null=True),
                ),
                ("reason", models.CharField(max_length=500)),
                (
                    "decided_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
                ),
                (
                    "user",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ("decided_at", "id"),
            },
        ),
        migrations.CreateModel(
            name="Proof",
            fields=[
                (
                    "release",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        serialize=False,
                        to="cases.release",
                    ),
                ),
                ("passed", models.BooleanField()),
                ("report", models.JSONField()),
                ("certificate", models.JSONField()),
                ("against", models.JSONField(default=list)),
                ("margins", models.JSONField(default=dict)),
            ],
        ),
        migrations.CreateModel(
            name="ProtectedTable",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "release_id", "dataset", "axes", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("dataset", models.CharField(max_length=16)),
                ("axes", models.CharField(max_length=200)),
                ("codes", django.contrib.postgres.fields.ArrayField(base_field=models.TextField())),
                ("counts", django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField())),
                ("hidden", django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list)),
                ("offered", models.BooleanField()),
                (
                    "release",
                    models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to="cases.release"),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Publication",
            fields=[
                (
                    "release",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        serialize=False,
                        to="cases.release",
                    ),
                ),
                (
                    "published_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
                ),
                (
                    "user",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PublishedTable",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "release_id", "dataset", "axes", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("dataset", models.CharField(max_length=16)),
                ("axes", models.CharField(max_length=200)),
                ("codes", django.contrib.postgres.fields.ArrayField(base_field=models.TextField())),
                ("counts", django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField())),
                ("hidden", django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list)),
                ("offered", models.BooleanField()),
                (
                    "release",
                    models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to="cases.release"),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="SnapshotRecord",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "release_id", "dataset", "record", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("dataset", models.CharField(max_length=16)),
                ("record", models.UUIDField()),
                ("month", models.DateField()),
                ("codes", django.contrib.postgres.fields.ArrayField(base_field=models.TextField())),
                (
                    "release",
                    models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to="cases.release"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Withdrawal",
            fields=[
                (
                    "release",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        serialize=False,
                        to="cases.release",
                    ),
                ),
                ("reason", models.CharField(max_length=500)),
                (
                    "withdrawn_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
                ),
                (
                    "replacement",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.release",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Work",
            fields=[
                ("key", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("state", models.JSONField()),
                ("updated_at", models.DateTimeField(auto_now=True)),
            ],
        ),
        migrations.AlterModelOptions(
            name="release",
            options={
                "ordering": ("first_month", "last_month", "vintage"),
                "permissions": [("approve_release", "Can publish and withdraw releases that others built")],
            },
        ),
        migrations.RemoveConstraint(
            model_name="release",
            name="release_audience_code",
        ),
        migrations.AddField(
            model_name="release",
            name="commitment",
            field=models.CharField(default="", max_length=64),
        ),
        migrations.AddConstraint(
            model_name="release",
            constraint=models.CheckConstraint(
                condition=models.Q(("audience__in", ("exact", "public", "authority"))), name="release_audience_code"
            ),
        ),
        migrations.AddConstraint(
            model_name="release",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("audience", "exact"), ("commitment", "")),
                    models.Q(models.Q(("audience", "exact"), _negated=True), ("commitment__regex", "^[0-9a-f]{64}$")),
                    _connector="OR",
                ),
                name="release_commitment_of_protected",
            ),
        ),
        migrations.AddConstraint(
            model_name="buildorder",
            constraint=models.CheckConstraint(
                condition=models.Q(("audience__in", ("public", "authority"))), name="buildorder_audience_code"
            ),
        ),
        migrations.AddConstraint(
            model_name="buildorder",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ("OPEN", "RUNNING", "DONE", "FAILED"))), name="buildorder_state_code"
            ),
        ),
        migrations.AddConstraint(
            model_name="factdecision",
            constraint=models.CheckConstraint(
                condition=models.Q(("decision__in", ("superseded", "different_definition", "interval"))),
                name="factdecision_code",
            ),
        ),
        migrations.AddConstraint(
            model_name="factdecision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decision", "interval"), ("low__isnull", False)),
                    models.Q(
                        models.Q(("decision", "interval"), _negated=True), ("high__isnull", True), ("low__isnull", True)
                    ),
                    _connector="OR",
                ),
                name="factdecision_bounds_of_intervals",
            ),
        ),
        migrations.AddConstraint(
            model_name="factdecision",
            constraint=models.CheckConstraint(
                condition=models.Q(("high__gte", models.F("low"))), name="factdecision_low_below_high"
            ),
        ),
        migrations.AddConstraint(
            model_name="factdecision",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason__regex", "\\S")), name="factdecision_reason_said"
            ),
        ),
        migrations.AddConstraint(
            model_name="protectedtable",
            constraint=models.CheckConstraint(
                condition=models.Q(("codes__len", models.F("counts__len"))), name="protectedtable_counts_of_codes"
            ),
        ),
        migrations.AddConstraint(
            model_name="protectedtable",
            constraint=models.CheckConstraint(
                condition=models.Q(("codes__overlap", models.F("hidden")), _negated=True),
                name="protectedtable_shown_or_hidden",
            ),
        ),
        migrations.AddConstraint(
            model_name="publishedtable",
            constraint=models.CheckConstraint(
                condition=models.Q(("codes__len", models.F("counts__len"))), name="publishedtable_counts_of_codes"
            ),
        ),
        migrations.AddConstraint(
            model_name="publishedtable",
            constraint=models.CheckConstraint(
                condition=models.Q(("codes__overlap", models.F("hidden")), _negated=True),
                name="publishedtable_shown_or_hidden",
            ),
        ),
        migrations.AddConstraint(
            model_name="withdrawal",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason__regex", "\\S")), name="withdrawal_reason_said"
            ),
        ),
        migrations.AddConstraint(
            model_name="withdrawal",
            constraint=models.CheckConstraint(
                condition=models.Q(("replacement", models.F("release")), _negated=True), name="withdrawal_by_another"
            ),
        ),
        migrations.RunSQL(SCHEMA, SCHEMA_BACK),
        migrations.RunSQL(TRIGGERS, TRIGGERS_BACK),
    ]
