"""The database keeps a fingerprint of the pepper that it was made with. Programs refuse to start with another one.

One row, which nobody changes, deletes or empties: the owner's migration writes it, and the web server's role reads it.
"""

from django.conf import settings
from django.db import migrations, models
from django.db.models.functions import Now

from partners.pepper import fingerprint

TABLE = "partners_pepperfingerprint"
MAKE = f"""
CREATE TABLE {TABLE} (
    fingerprint varchar(64) PRIMARY KEY,
    recorded_at timestamptz NOT NULL DEFAULT statement_timestamp()
);
CREATE UNIQUE INDEX pepperfingerprint_one ON {TABLE} ((true));
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {TABLE} FOR EACH ROW EXECUTE FUNCTION henvis_append_only();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON {TABLE} FOR EACH STATEMENT EXECUTE FUNCTION henvis_never_emptied();
GRANT SELECT ON {TABLE} TO henvis_web;
"""


def record(apps, schema_editor):
    """Keep the fingerprint of the pepper that the migration runs with."""
    schema_editor.execute(f"INSERT INTO {TABLE} (fingerprint) VALUES (%s)", [fingerprint(settings.HENVIS_PEPPER)])


class Migration(migrations.Migration):
    dependencies = [("partners", "0007_month_of_a_form"), ("cases", "0009_vintages")]

    operations = [
        migrations.CreateModel(
            name="PepperFingerprint",
            fields=[
                ("fingerprint", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("recorded_at", models.DateTimeField(db_default=Now())),
            ],
            options={"managed": False},
        ),
        migrations.RunSQL(MAKE, f"DROP TABLE {TABLE}"),
        migrations.RunPython(record, migrations.RunPython.noop),
    ]
