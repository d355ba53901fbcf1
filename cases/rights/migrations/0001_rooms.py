"""Producing and erasing what is held about a person. The room has no tables: it knows every other's."""

from django.db import migrations

from partners.install import InstallSQL


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("api", "0001_rooms"),
        ("cases", "0001_rooms"),
        ("duplicates", "0001_rooms"),
        ("erased", "0001_rooms"),
        ("linking", "0001_rooms"),
        ("reporting", "0001_rooms"),
        ("statistics", "0001_rooms"),
    ]

    operations = [
        InstallSQL("cases/rights", "erase.sql", digest="52ad86c96d276081"),
        InstallSQL("cases/rights", "produce.sql", digest="c376a0965f79f8db"),
    ]
