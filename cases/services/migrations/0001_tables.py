"""Count reports, and who reports which form: staff's words, of which none changes.

The web server's role adds versions of a report and ends the one before; nothing else of them changes.
"""

import uuid

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

import cases.services.choices
from core.install import (
    HISTORY, CreateModels, InstallSQL, append_only, check_added, check_at_commit, check_insert, date, date_versions, grant, never_emptied,
)

REPORT, ASSIGNMENT = "services_countreport", "services_countassignment"


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ("cases", "0001_tables"),
        ("organisations", "0001_tables"),
        ("partners", "0001_tables"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        migrations.swappable_dependency(settings.OAUTH2_PROVIDER_APPLICATION_MODEL),
    ]

    operations = [
        CreateModels(
            migrations.CreateModel(
                name='CountReport',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('form', models.CharField(max_length=32)),
                    ('form_version', models.CharField(max_length=8)),
                    ('period', models.DateField()),
                    ('version', models.PositiveIntegerField()),
                    ('content', models.JSONField()),
                    ('recorded_at', models.DateTimeField()),
                    ('superseded_at', models.DateTimeField(null=True)),
                    ('client', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to=settings.OAUTH2_PROVIDER_APPLICATION_MODEL)),
                    ('partner', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='partners.partner')),
                ],
                options={
                    'default_permissions': (),
                    'indexes': [models.Index(models.F('form'), models.F('period'), condition=models.Q(('superseded_at', None)), name='countreport_period')],
                    'constraints': [models.UniqueConstraint(fields=('partner', 'form', 'period', 'version'), name='countreport_version'), models.UniqueConstraint(condition=models.Q(('superseded_at', None)), fields=('partner', 'form', 'period'), name='countreport_current'), models.CheckConstraint(condition=models.Q(('version__gte', 1)), name='countreport_version_from_1'), models.CheckConstraint(condition=models.Q(('superseded_at__gte', models.F('recorded_at'))), name='countreport_superseded_later')],
                },
            ),
            migrations.CreateModel(
                name='CountAssignment',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('form', models.CharField(max_length=32)),
                    ('since', models.DateField()),
                    ('reports', models.BooleanField(choices=cases.services.choices.answers)),
                    ('assigned_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                    ('partner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='partners.partner')),
                    ('user', models.ForeignKey(db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ('-assigned_at', '-id'),
                },
            ),
        ),
        InstallSQL("cases/services", "counts.sql", digest="16b85965ab3ab40c"),
        InstallSQL("cases/services", "assignments.sql", digest="471c35c2a130c696"),
        append_only(REPORT, but=["superseded_at", "erase"]),
        append_only(ASSIGNMENT),
        never_emptied(ASSIGNMENT),
        check_at_commit("succeeded", "henvis_check_count_succession", REPORT),
        check_insert("may_assign", "henvis_check_count_assignment", ASSIGNMENT),
        check_added("agreed", "henvis_check_agreed", REPORT),
        date_versions(REPORT),
        date(ASSIGNMENT, "assigned_at", "", HISTORY),
        grant("SELECT, INSERT", REPORT, ASSIGNMENT),
        grant("UPDATE (superseded_at)", REPORT),
    ]
