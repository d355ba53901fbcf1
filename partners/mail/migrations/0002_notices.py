"""Mail that tells of notices."""

from django.db import migrations, models

from partners.install import InstallSQL

KINDS = [
    *("confirm", "due_soon", "due_now", "overdue", "reminder", "digest", "delivery", "notice"),
    *("secret_soon", "secret_now", "invitation", "codes", "staff"),
]


class Migration(migrations.Migration):
    dependencies = [("mail", "0001_mail")]

    operations = [
        migrations.RemoveConstraint(model_name="mailing", name="mailing_kind_code"),
        migrations.AddConstraint(
            model_name="mailing",
            constraint=models.CheckConstraint(condition=models.Q(("kind__in", KINDS)), name="mailing_kind_code"),
        ),
        InstallSQL("partners/mail", "mail.sql", digest="0e5b6a7a18dd1b96", after="1712806fdddd9ca7"),
    ]
