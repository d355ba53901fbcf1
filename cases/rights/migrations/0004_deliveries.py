"""An erasure also deletes what deliveries keep of a person."""

from django.db import migrations

from partners.install import InstallSQL


class Migration(migrations.Migration):
    dependencies = [("rights", "0003_rehearsal"), ("intake", "0001_batches")]

    operations = [
        InstallSQL("cases/rights", "erase.sql", digest="82d4e63875dbe259", after="8f65eede7bf7385a"),
    ]
