"""Whoever sent a record for another partner goes on knowing the person once the record is erased."""

from django.db import migrations

from partners.install import InstallSQL


class Migration(migrations.Migration):

    dependencies = [
        ("rights", "0005_returns"),
        ("organisations", "0001_life"),
    ]

    operations = [
        InstallSQL("cases/rights", "erase.sql", digest="e6700a3b4d9acb49", after="5c4d98691dd2fb35"),
    ]
