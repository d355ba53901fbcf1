"""Which partners published releases took together is told to the web server, and nothing else of their proofs."""

from django.db import migrations

from partners.install import InstallSQL


class Migration(migrations.Migration):

    dependencies = [("statistics", "0008_successions")]

    operations = [
        InstallSQL("cases/statistics", "umbrellas.sql", digest="1074dcb944ca79df"),
    ]
