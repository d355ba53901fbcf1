"""An erasure keeps what releases had counted of the person, so that they can be counted again; and releases say by which rule they count.

Of who was erased before, nothing was kept: those tombstones say so, and what they touched cannot be counted again.
"""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.contrib.postgres.functions import RandomUUID
from django.db import migrations, models

from partners.install import InstallSQL

TRIGGERS = """
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON build.cases_erasedcount
FOR EACH ROW EXECUTE FUNCTION henvis_append_only();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON build.cases_erasedcount
FOR EACH STATEMENT EXECUTE FUNCTION henvis_never_emptied();
"""
TRIGGERS_BACK = """
DROP TRIGGER never_emptied ON build.cases_erasedcount;
DROP TRIGGER append_only ON build.cases_erasedcount;
"""
# Going back would forget it for good.
KEPT = """
DO $$
BEGIN
    IF EXISTS (SELECT FROM build.cases_erasedcount) THEN
        RAISE EXCEPTION 'What releases had counted of persons who were erased is kept in build.cases_erasedcount: without it they cannot '
            'be verified any more. Empty the table by hand first.';
    END IF;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0017_splits_kept")]

    operations = [
        migrations.CreateModel(
            name="ErasedCount",
            fields=[
                (
                    "id",
                    models.UUIDField(db_default=RandomUUID(), editable=False, primary_key=True, serialize=False),
                ),
                ("dataset", models.CharField(max_length=16)),
                ("hash", models.BinaryField(max_length=32)),
                ("month", models.DateField(null=True)),
                (
                    "leaves",
                    django.contrib.postgres.fields.ArrayField(base_field=models.SmallIntegerField(), null=True),
                ),
                (
                    "release",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.release"
                    ),
                ),
            ],
            options={"default_permissions": ()},
        ),
        migrations.AddField(model_name="release", name="rule", field=models.CharField(default="", max_length=64)),
        migrations.AddField(
            model_name="tombstone", name="kept", field=models.BooleanField(db_default=False, editable=False)
        ),
        migrations.AlterField(
            model_name="tombstone", name="kept", field=models.BooleanField(db_default=True, editable=False)
        ),
        migrations.RunSQL(
            "ALTER TABLE cases_erasedcount SET SCHEMA build", "ALTER TABLE build.cases_erasedcount SET SCHEMA public"
        ),
        migrations.RunSQL(TRIGGERS, TRIGGERS_BACK),
        InstallSQL(
            "cases", "kept_counts.sql", digest="1f7871023d6f9094", reverse_sql="DROP FUNCTION henvis_keep_counted"
        ),
        migrations.RunSQL(migrations.RunSQL.noop, KEPT),
    ]
