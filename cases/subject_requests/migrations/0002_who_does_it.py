"""What is refused says who does it, and what to do next."""

from django.db import migrations

from partners.install import InstallSQL


class Migration(migrations.Migration):
    dependencies = [("subject_requests", "0001_register")]

    operations = [
        InstallSQL("cases/subject_requests", "register.sql", digest="b7fdddb20227e7e2", after="0dc914b6e46c1792"),
    ]
