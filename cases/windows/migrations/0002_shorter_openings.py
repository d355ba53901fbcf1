"""Of a record that is open by itself the last row says until when, and anybody may make that shorter."""

from django.db import migrations, models

from partners.install import InstallSQL


class Migration(migrations.Migration):
    dependencies = [("windows", "0001_windows")]

    operations = [
        InstallSQL("cases/windows", "windows.sql", digest="848b69ef427a875a", after="3ff1741ec68899c8"),
        migrations.AddIndex(
            "recordopening",
            models.Index(models.F("partner"), models.F("digest"), models.F("opened_at"), name="recordopening_last"),
        ),
    ]
