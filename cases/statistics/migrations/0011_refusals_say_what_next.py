"""The database's refusals say who does what is refused, or what to do next, in the words of the pages."""

from django.db import migrations

from partners.install import InstallSQL


class Migration(migrations.Migration):

    dependencies = [
        ("statistics", "0010_reasons_in_both"),
    ]

    operations = [
        InstallSQL("cases/statistics", "calendar.sql", digest="96c6835b8fea2f99", after="a2f5e0a048cc6fce"),
        InstallSQL("cases/statistics", "preview.sql", digest="74b153734404b1a2", after="1090e734ed927e9b"),
        InstallSQL("cases/statistics", "publish.sql", digest="2224db62d1cb67d9", after="18a80097ab2f5088"),
        InstallSQL("cases/statistics", "schedule.sql", digest="083e50e26701d14f", after="565206c5a7d13884"),
        InstallSQL("cases/statistics", "seals.sql", digest="08bf121fd7e328ea", after="ffd69ac509ed9453"),
    ]
