"""What was done to one thing is found by an index. It is built while others write to the audit."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("partners", "0005_desk")]

    operations = [
        AddIndexConcurrently(
            model_name="auditevent",
            index=models.Index(models.F("subject"), models.F("action"), models.F("at"), name="auditevent_of_subject"),
        ),
    ]
