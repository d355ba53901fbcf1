"""How long what is held is kept: holds, and what deletes at the end. The room knows every other's tables."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

from core.install import HISTORY, CreateModels, InstallSQL, append_only, check_insert, date, grant, never_emptied

HOLD = "retention_retentionhold"


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
        ),
        InstallSQL("oversight/retention", "retention.sql", digest="565bd2b0ff43f418"),
        append_only(HOLD),
        never_emptied(HOLD),
        check_insert("may_hold", "henvis_check_hold", HOLD),
        date(HOLD, "set_at", "", HISTORY),
        grant("SELECT, INSERT", HOLD),
    ]
