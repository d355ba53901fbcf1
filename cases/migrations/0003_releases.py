"""Releases and their tables, which never change: the database refuses it, whoever asks.

The row of a release is written after its tables and seals them: no table can be added to a release that is there.
"""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

SEALED = """
CREATE FUNCTION henvis_sealed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM cases_release WHERE id = NEW.release_id) THEN
        RAISE EXCEPTION '% is sealed: INSERT refused', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER sealed BEFORE INSERT ON cases_releasetable FOR EACH ROW EXECUTE FUNCTION henvis_sealed();
"""

APPEND_ONLY = """
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {0} FOR EACH ROW EXECUTE FUNCTION henvis_append_only();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0002_append_only"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        migrations.swappable_dependency(settings.OAUTH2_PROVIDER_APPLICATION_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Release",
            fields=[
                ("id", models.CharField(max_length=32, primary_key=True, serialize=False)),
                ("period", models.CharField(max_length=16)),
                ("first_month", models.DateField()),
                ("last_month", models.DateField()),
                ("vintage", models.PositiveIntegerField()),
                ("audience", models.CharField(default="exact", max_length=16)),
                ("as_of", models.DateTimeField()),
                (
                    "built_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
                ),
                ("settings", models.JSONField()),
                ("codelists", models.JSONField()),
                ("records", models.JSONField()),
                ("cells", models.JSONField()),
                ("snapshots", models.JSONField()),
                ("digest", models.CharField(max_length=64)),
                ("notes", models.JSONField(default=list)),
                ("software", models.CharField(max_length=32)),
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
                "ordering": ("first_month", "last_month", "vintage"),
            },
        ),
        migrations.CreateModel(
            name="ReleaseTable",
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
                (
                    "release",
                    models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to="cases.release"),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="release",
            constraint=models.UniqueConstraint(fields=("audience", "period", "vintage"), name="release_vintage"),
        ),
        migrations.AddConstraint(
            model_name="release",
            constraint=models.CheckConstraint(
                condition=models.Q(("audience__in", ["exact"])), name="release_audience_code"
            ),
        ),
        migrations.AddConstraint(
            model_name="release",
            constraint=models.CheckConstraint(
                condition=models.Q(("last_month__gte", models.F("first_month"))), name="release_months"
            ),
        ),
        migrations.AddConstraint(
            model_name="releasetable",
            constraint=models.CheckConstraint(
                condition=models.Q(("codes__len", models.F("counts__len"))), name="releasetable_counts_of_codes"
            ),
        ),
        migrations.RunSQL(SEALED, "DROP TRIGGER sealed ON cases_releasetable; DROP FUNCTION henvis_sealed"),
        *(
            migrations.RunSQL(APPEND_ONLY.format(table), f"DROP TRIGGER append_only ON {table}")
            for table in ("cases_release", "cases_releasetable")
        ),
    ]
