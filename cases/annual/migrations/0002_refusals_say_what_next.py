"""The database's refusals say who does what is refused, or what to do next, in the words of the pages."""

from django.db import migrations

from partners.install import InstallSQL


class Migration(migrations.Migration):

    dependencies = [
        ("annual", "0001_annual"),
    ]

    operations = [
        InstallSQL("cases/annual", "report.sql", digest="e0688a9d8a8600e8", after="c0067f0f7fbb0ecc"),
    ]
