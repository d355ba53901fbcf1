"""The functions look names up in a fixed search path."""

from django.db import migrations

from partners.install import InstallSQL


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0001_rooms'),
        ('partners', '0002_words_of_triggers'),
    ]

    operations = [
        InstallSQL("partners/people", "never_staff.sql", digest="df8fe2b4eb0c6de4", after="b7d5a12533ebb3d3"),
    ]
