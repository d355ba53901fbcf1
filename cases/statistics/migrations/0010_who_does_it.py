"""What is refused says who does it, and what to do next."""

from django.db import migrations

from partners.install import InstallSQL


class Migration(migrations.Migration):
    dependencies = [("statistics", "0009_umbrellas")]

    operations = [
        InstallSQL("cases/statistics", "publish.sql", digest="89e6fd80a7af89ee", after="18a80097ab2f5088"),
        InstallSQL("cases/statistics", "preview.sql", digest="7c1b9b087b667314", after="1090e734ed927e9b"),
    ]
