"""The coverage note of each release."""

import django.db.models.deletion
from django.db import migrations, models

from partners.install import append_only, grant, never_emptied


class Migration(migrations.Migration):

    dependencies = [
        ('reporting', '0002_words_of_triggers'),
        ('statistics', '0007_calendar'),
    ]

    operations = [
        migrations.CreateModel(
            name='CoverageNote',
            fields=[
                ('release', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='statistics.release')),
                ('content', models.JSONField()),
            ],
            options={
                'default_permissions': (),
            },
        ),
        append_only("reporting_coveragenote"),
        never_emptied("reporting_coveragenote"),
        grant("SELECT, INSERT", "reporting_coveragenote"),
    ]
