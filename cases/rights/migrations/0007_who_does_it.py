"""What is refused says who does it, and what to do next."""

from django.db import migrations

from partners.install import InstallSQL


class Migration(migrations.Migration):
    dependencies = [("rights", "0006_senders")]

    operations = [
        InstallSQL("cases/rights", "erase.sql", digest="68fac5a4c37f4c29", after="e6700a3b4d9acb49"),
        InstallSQL("cases/rights", "produce.sql", digest="3885c899ea282fe0", after="c376a0965f79f8db"),
    ]
