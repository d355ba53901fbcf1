"""A rehearsal that is emptied has no count reports left."""

from django.db import migrations

from partners.install import InstallSQL


class Migration(migrations.Migration):
    dependencies = [("rights", "0007_who_does_it"), ("services", "0001_counts")]

    operations = [
        InstallSQL("cases/rights", "rehearsal.sql", digest="0b81a91f68c6f8f4", after="ab10050127ce18d1"),
    ]
