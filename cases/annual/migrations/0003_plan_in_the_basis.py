"""A draft is drawn from the action plan of its year too, so it is stale once something more of the plan is published."""

from django.db import migrations

from partners.install import InstallSQL


class Migration(migrations.Migration):

    dependencies = [
        ("annual", "0002_refusals_say_what_next"),
        ("plans", "0001_plans"),
    ]

    operations = [
        InstallSQL("cases/annual", "report.sql", digest="8b240f76109d4e96", after="b9c3db43588d5555"),
    ]
