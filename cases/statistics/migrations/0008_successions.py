"""A proof is stale once a partner has a successor that it did not take together with it, or an umbrella is a name from before."""

from django.db import migrations

from partners.install import InstallSQL


class Migration(migrations.Migration):

    dependencies = [
        ("statistics", "0007_calendar"),
        ("organisations", "0001_life"),
    ]

    operations = [
        InstallSQL("cases/statistics", "publish.sql", digest="18a80097ab2f5088", after="38c0e876322739eb"),
    ]
