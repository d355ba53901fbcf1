"""What partners said of a month, and the coverage note of each release.

Reporting status must survive deletion: before rows are deleted, the time of each month's first report is kept.
"""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from core.install import HISTORY, CreateModels, InstallSQL, append_only, date, grant, keep_rows, never_emptied


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ("partners", "0001_tables"),
        ("statistics", "0001_tables"),
        migrations.swappable_dependency(settings.OAUTH2_PROVIDER_APPLICATION_MODEL),
    ]

    operations = [
        CreateModels(
            migrations.CreateModel(
                name='FirstReport',
                fields=[
                    ('pk', models.CompositePrimaryKey('partner_id', 'month', blank=True, editable=False, primary_key=True, serialize=False)),
                    ('month', models.DateField()),
                    ('first_at', models.DateTimeField()),
                    ('stood', models.BooleanField()),
                    ('partner', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='partners.partner')),
                ],
                options={
                    'default_permissions': (),
                    'constraints': [models.CheckConstraint(condition=models.Q(('month__day', 1)), name='firstreport_month_first_day')],
                },
            ),
            migrations.CreateModel(
                name='MonthCompletion',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('month', models.DateField()),
                    ('recorded_at', models.DateTimeField()),
                    ('client', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to=settings.OAUTH2_PROVIDER_APPLICATION_MODEL)),
                    ('partner', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='partners.partner')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('partner', 'month'), name='monthcompletion_month'), models.CheckConstraint(condition=models.Q(('month__day', 1)), name='monthcompletion_month_first_day')],
                },
            ),
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
        ),
        InstallSQL("oversight/reporting", "first_reports.sql", digest="9a052e48439eecb8"),
        append_only("reporting_monthcompletion", "reporting_coveragenote"),
        never_emptied("reporting_coveragenote"),
        date("reporting_monthcompletion", "recorded_at", HISTORY),
        grant("SELECT, INSERT", "reporting_monthcompletion", "reporting_coveragenote"),
        grant("SELECT", "reporting_firstreport"),
        keep_rows(
            "reporting_firstreport",
            "There are first reports of months whose records are gone: without them calendars would say that nothing came. "
            "Empty the table reporting_firstreport by hand first.",
        ),
    ]
