"""What an erasure may do to decisions on duplicates, and that they tell a history that may be made up."""

from django.db import migrations

from partners.install import change_append_only, change_date

# Of a database whose records are invented this table has a row, and its history is made up (`henvis_may_date`).
HISTORY = "history:public.cases_inventeddata"


class Migration(migrations.Migration):

    dependencies = [
        ('duplicates', '0001_rooms'),
        ('cases', '0002_words_of_triggers'),
    ]

    operations = [
        change_append_only(["erase"], "duplicates_duplicatedecision"),
        change_date(["recorded_at", HISTORY], "duplicates_linkagecode", "INSERT OR UPDATE"),
        change_date(["found_at", "begun", HISTORY], "duplicates_duplicate"),
        change_date(["decided_at", "begun", HISTORY], "duplicates_duplicatedecision"),
    ]
