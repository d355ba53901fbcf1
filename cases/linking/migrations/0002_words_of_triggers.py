"""What an erasure may do to links, and that they tell a history that may be made up."""

from django.db import migrations

from partners.install import InstallSQL, change_append_only, change_date, change_date_versions

# Of a database whose records are invented this table has a row, and its history is made up (`henvis_may_date`).
HISTORY = "history:public.cases_inventeddata"


class Migration(migrations.Migration):

    dependencies = [
        ('linking', '0001_rooms'),
        ('cases', '0002_words_of_triggers'),
    ]

    operations = [
        InstallSQL("cases/linking", "links.sql", digest="f36856eceea2bf29", after="8bd151260badbc84"),
        change_append_only(["erase"], "linking_linkdecision", "linking_mergedcase"),
        change_append_only(["superseded_at", "erase"], "linking_caselink", "linking_attributedecision"),
        change_append_only(["superseded_at", "erase", "erase:from_case_id"], "linking_recordlink"),
        change_date_versions([HISTORY], "linking_caselink", "linking_recordlink", "linking_attributedecision"),
        change_date(["decided_at", HISTORY], "linking_linkdecision"),
    ]
