"""A rehearsal that is emptied has nothing left that was said of notices and services; count reports go as many at once as versions."""

from django.db import migrations

from partners.install import InstallSQL


class Migration(migrations.Migration):
    dependencies = [("rights", "0008_counts"), ("notices", "0002_addresses")]

    operations = [
        InstallSQL("cases/rights", "rehearsal.sql", digest="115ddbf805e20645", after="0b81a91f68c6f8f4"),
    ]
