"""What an erasure may do to what was counted; exact figures have one reader; the seals have a fixed search path."""

from django.db import migrations

from partners.install import InstallSQL, change_append_only, change_date

# Of a database whose records are invented this table has a row, and its history is made up (`henvis_may_date`).
HISTORY = "history:public.cases_inventeddata"


class Migration(migrations.Migration):

    dependencies = [
        ('statistics', '0001_rooms'),
        ('cases', '0002_words_of_triggers'),
    ]

    operations = [
        InstallSQL("cases/statistics", "seals.sql", digest="ffd69ac509ed9453", after="9ecbc29fe3546f92"),
        InstallSQL("cases/statistics", "exact.sql", digest="b0600ce4275f46af", after="93ed96104b9f3a33"),
        change_append_only(["erase:record"], "build.statistics_snapshotrecord", "build.statistics_erasedknowledge"),
        change_date(["built_at", "begun", HISTORY], "statistics_release"),
        change_date(["published_at", "begun", HISTORY], "statistics_publication"),
        change_date(["withdrawn_at", "begun", HISTORY], "statistics_withdrawal"),
        change_date(["published_at", "begun", HISTORY], "statistics_erratum"),
        change_date(["decided_at", "begun", HISTORY], "statistics_factdecision"),
        change_date(["ordered_at", "begun", HISTORY], "statistics_buildorder", "INSERT OR UPDATE OF ordered_at"),
    ]
