"""What was done to one thing, and what a person has read, is found by an index."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("partners", "0005_desk")]

    operations = [
        migrations.AddIndex(
            model_name="auditevent",
            index=models.Index(models.F("subject"), models.F("action"), models.F("at"), name="auditevent_of_subject"),
        ),
        migrations.AddIndex(
            model_name="recordread",
            index=models.Index(
                condition=models.Q(("user__isnull", False)), fields=["user", "id"], name="record_read_of_user"
            ),
        ),
    ]
