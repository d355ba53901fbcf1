"""A proof is stale once partners are under one umbrella that it did not take together."""

from django.db import migrations

from partners.install import InstallSQL


class Migration(migrations.Migration):

    dependencies = [
        ("statistics", "0003_no_progress"),
        ("partners", "0003_umbrella"),
    ]

    operations = [
        InstallSQL("cases/statistics", "publish.sql", digest="7c1d6fc7e0fd4e1a", after="4f13dc7308a20dd9"),
    ]
