"""Reports of months tell a history that may be made up."""

from django.db import migrations

from partners.install import change_date

# Of a database whose records are invented this table has a row, and its history is made up (`henvis_may_date`).
HISTORY = "history:public.cases_inventeddata"


class Migration(migrations.Migration):

    dependencies = [
        ('reporting', '0001_rooms'),
        ('cases', '0002_words_of_triggers'),
    ]

    operations = [
        change_date(["recorded_at", HISTORY], "reporting_nilreport"),
    ]
