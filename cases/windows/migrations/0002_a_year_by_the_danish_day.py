"""Reopenings are for a year at most by the Danish day: for an hour or two after midnight it was a day less."""

from __future__ import annotations

from django.db import migrations

from partners.install import InstallSQL


class Migration(migrations.Migration):
    """The functions of windows anew."""

    dependencies = [("windows", "0001_tables")]
    operations = [InstallSQL("cases/windows", "windows.sql", digest="722ff1b872987636", after="848b69ef427a875a")]
