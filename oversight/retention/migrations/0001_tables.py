"""How long what is held is kept: holds, and what deletes at the end. The room knows every other's tables."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

from core.install import HISTORY, CreateModels, InstallSQL, append_only, check_insert, date, grant, never_emptied

HOLD = "retention_retentionhold"
TRANSFER = "retention_archivetransfer"


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ("mail", "0001_tables"),
        ("rights", "0001_tables"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModels(
            migrations.CreateModel(
                name='RetentionHold',
                fields=[
                    ('id', models.BigAutoField(primary_key=True, serialize=False)),
                    ('year', models.PositiveSmallIntegerField(blank=True, null=True)),
                    ('until_on', models.DateField()),
                    ('reason_code', models.CharField(max_length=32)),
                    ('set_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                    ('user', models.ForeignKey(db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ('-id',),
                    'default_permissions': ('add', 'view'),
                    'constraints': [models.CheckConstraint(condition=models.Q(('year__range', (2000, 2100))), name='retentionhold_year_range'), models.CheckConstraint(condition=models.Q(('reason_code__in', ('INQUIRY', 'CASE_AT_LAW', 'ARCHIVE_WAITS', 'PUBLICATION_WAITS', 'NO_LONGER_NEEDED'))), name='retentionhold_reason_code')],
                },
            ),
            migrations.CreateModel(
                name='ArchiveTransfer',
                fields=[
                    ('id', models.BigAutoField(primary_key=True, serialize=False)),
                    ('first_year', models.PositiveSmallIntegerField()),
                    ('last_year', models.PositiveSmallIntegerField()),
                    ('package', models.CharField(max_length=40)),
                    ('digest', models.CharField(max_length=64)),
                    ('taken_at', models.DateTimeField(null=True)),
                    ('received_at', models.DateTimeField(null=True)),
                ],
                options={
                    'ordering': ('-id',),
                    'default_permissions': (),
                    'constraints': [models.CheckConstraint(condition=models.Q(('first_year__gte', 2000), ('first_year__lte', models.F('last_year')), ('last_year__lte', 2100)), name='archivetransfer_years'), models.CheckConstraint(condition=models.Q(models.Q(('package', ''), ('taken_at', None)), models.Q(('taken_at__isnull', False), models.Q(('package', ''), _negated=True)), _connector='OR'), name='archivetransfer_package')],
                },
            ),
        ),
        InstallSQL("oversight/retention", "retention.sql", digest="9c81e2e4d76ee355"),
        append_only(HOLD),
        append_only(TRANSFER, but=["received_at"]),
        never_emptied(HOLD, TRANSFER),
        check_insert("may_hold", "henvis_check_hold", HOLD),
        date(HOLD, "set_at", "", HISTORY),
        grant("SELECT, INSERT", HOLD),
        grant("SELECT", TRANSFER),
    ]
