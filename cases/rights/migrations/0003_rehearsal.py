"""A partner in test mode empties what it sent."""

from django.db import migrations

from partners.install import InstallSQL


class Migration(migrations.Migration):
    dependencies = [("rights", "0002_no_progress")]

    operations = [
        InstallSQL("cases/rights", "rehearsal.sql", digest="61410d5a76ebca68"),
    ]
