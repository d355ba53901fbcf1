"""Producing, restricting and erasing what is held about a person, and emptying a rehearsal. The room has no tables: it knows every other's."""

from django.db import migrations

from core.install import InstallSQL


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("api", "0001_tables"),
        ("duplicates", "0001_tables"),
        ("erased", "0001_tables"),
        ("intake", "0001_tables"),
        ("linking", "0001_tables"),
        ("notices", "0001_tables"),
        ("organisations", "0001_tables"),
        ("reporting", "0001_tables"),
        ("returns", "0001_tables"),
        ("services", "0001_tables"),
        ("statistics", "0001_tables"),
        ("subject_requests", "0001_tables"),
    ]

    operations = [
        InstallSQL("oversight/rights", "erase.sql", digest="203c0d2090eaa39a"),
        InstallSQL("oversight/rights", "produce.sql", digest="59b6e707ae48a515"),
        InstallSQL("oversight/rights", "rehearsal.sql", digest="f347e1eb2a7a0083"),
        InstallSQL("oversight/rights", "restrict.sql", digest="c619cb1bbdf227cb"),
    ]
