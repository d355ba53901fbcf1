"""What is refused says who does it, and what to do next."""

from django.db import migrations

from partners.install import InstallSQL


class Migration(migrations.Migration):
    dependencies = [("annual", "0001_annual")]

    operations = [
        InstallSQL("cases/annual", "report.sql", digest="2d654718308a8e5d", after="c0067f0f7fbb0ecc"),
    ]
