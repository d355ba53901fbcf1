"""Erasing no longer deletes the progress of builds: none is kept."""

from django.db import migrations

from partners.install import InstallSQL


class Migration(migrations.Migration):
    dependencies = [("rights", "0001_rooms")]

    operations = [
        InstallSQL("cases/rights", "erase.sql", digest="8f65eede7bf7385a", after="52ad86c96d276081"),
    ]
