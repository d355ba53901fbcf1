"""The web server neither writes nor reads Django's log of the admin: the audit says what was done."""

from django.db import migrations

from partners.install import revoke


class Migration(migrations.Migration):

    dependencies = [
        ('admin', '0003_logentry_add_action_flag_choices'),
        ('people', '0003_recipients'),
    ]

    operations = [
        revoke("SELECT, INSERT", "django_admin_log"),
    ]
