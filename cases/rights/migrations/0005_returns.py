"""An erasure deletes what was asked about a person's referrals, and so does a partner that empties its rehearsal."""

from django.db import migrations

from partners.install import InstallSQL


class Migration(migrations.Migration):
    dependencies = [("rights", "0004_deliveries"), ("returns", "0001_rooms")]

    operations = [
        InstallSQL("cases/rights", "erase.sql", digest="5c4d98691dd2fb35", after="82d4e63875dbe259"),
        InstallSQL("cases/rights", "rehearsal.sql", digest="ab10050127ce18d1", after="61410d5a76ebca68"),
    ]
