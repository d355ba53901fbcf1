"""What the ground's triggers need is in their arguments, so that its functions name no table of another room."""

from django.db import migrations

from partners.install import InstallSQL, change_append_only, steps


class Migration(migrations.Migration):

    dependencies = [
        ('partners', '0001_rooms'),
    ]

    operations = [
        InstallSQL("partners", "append_only.sql", digest="8129e5a03cad1fdc", after="a610764f450a5bf3"),
        # It takes the words of the trigger too.
        steps("DROP FUNCTION IF EXISTS henvis_may_date(oid)"),
        InstallSQL("partners", "moments.sql", digest="b6a1031351d84293", after="f944fd1e71704579"),
        change_append_only(["erase:subject", "erase:detail"], "partners_auditevent"),
    ]
