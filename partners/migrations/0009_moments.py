"""The database says when access was asked for and decided, when records were read, and since when it knows its pepper.

And since when a partner is there, which is shown to whoever decides on a request for it.
"""

from django.db import migrations

TABLES = {
    "partners_accessrequest": "asked_at",
    "partners_accessdecision": "decided_at",
    "partners_recordread": "at",
    "partners_pepperfingerprint": "recorded_at",
    "partners_partner": "created_at",
}
CREATE = "CREATE TRIGGER set_moment BEFORE INSERT ON {} FOR EACH ROW EXECUTE FUNCTION henvis_set_moment('{}', 'now');"


class Migration(migrations.Migration):
    dependencies = [("partners", "0008_pepper"), ("cases", "0019_moments")]

    operations = [
        migrations.RunSQL(
            "".join(CREATE.format(*each) for each in TABLES.items()),
            "".join(f"DROP TRIGGER set_moment ON {table};" for table in TABLES),
        )
    ]
