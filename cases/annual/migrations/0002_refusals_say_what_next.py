"""The database's refusals say who does what is refused, or what to do next, in the words of the pages."""

from django.db import migrations

from partners.install import InstallSQL


class Migration(migrations.Migration):

    dependencies = [
        ("annual", "0001_annual"),
    ]

    operations = [
        InstallSQL("cases/annual", "report.sql", digest="b9c3db43588d5555", after="c0067f0f7fbb0ecc"),
    ]
