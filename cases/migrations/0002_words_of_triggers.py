"""What an erasure and a purge may do to records, and which tables of these rooms tell a history that is made up."""

from django.db import migrations

from partners.install import InstallSQL, change_append_only, change_date, change_date_versions

# Of a database whose records are invented this table has a row, and its history is made up (`henvis_may_date`).
HISTORY = "history:public.cases_inventeddata"


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0001_rooms'),
        ('erased', '0001_rooms'),
        ('partners', '0002_words_of_triggers'),
    ]

    operations = [
        InstallSQL("cases", "versions.sql", digest="eb448d6c9d5397ec", after="741c3a04cb8eb13d"),
        InstallSQL("cases", "invented.sql", digest="309bdb1eb4520d80", after="39039baa8cacdba0"),
        change_append_only(["erase"], "cases_case"),
        change_append_only(["superseded_at", "erase", "erase:case_id", "purge"], "cases_referral"),
        change_append_only(["superseded_at", "erase", "erase:case_id"], "cases_assessment"),
        change_date_versions([HISTORY], "cases_referral", "cases_assessment"),
        change_date(["opened_at", HISTORY], "cases_case"),
        # Of the rooms below, which know nothing of invented records. A tombstone comes back after a restore with its moment.
        change_date(["erased_at", "restore", HISTORY], "erased_tombstone"),
        change_date(["created_at", "now", HISTORY], "partners_partner"),
        change_date(["at", "now", HISTORY], "partners_auditevent"),
        change_date(["asked_at", "now", HISTORY], "partners_accessrequest"),
        change_date(["decided_at", "now", HISTORY], "partners_accessdecision"),
        change_date(["at", "now", HISTORY], "partners_recordread"),
        change_date(["recorded_at", "now", HISTORY], "partners_pepperfingerprint"),
    ]
