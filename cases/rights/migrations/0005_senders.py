"""Whoever sent a record for another partner goes on knowing the person once the record is erased."""

from django.db import migrations

from partners.install import InstallSQL


class Migration(migrations.Migration):

    dependencies = [
        ("rights", "0004_deliveries"),
        ("organisations", "0001_life"),
    ]

    operations = [
        InstallSQL("cases/rights", "erase.sql", digest="7db2e72277b8839a", after="82d4e63875dbe259"),
    ]
