"""What stays of somebody who was erased: that it was done, and digests that tell when the same names come again."""

import uuid

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

from core.install import HISTORY, CreateModels, append_only, date, grant, keep_rows


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ("partners", "0001_tables"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModels(
            migrations.CreateModel(
                name='Tombstone',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('test', models.BooleanField()),
                    ('erased_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                    ('reason_code', models.CharField(max_length=32)),
                    ('counts', models.JSONField()),
                    ('kept', models.BooleanField(db_default=True, editable=False)),
                    ('user', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ('-erased_at', 'id'),
                    'permissions': [('produce_case', 'Can produce everything that is held about the person of a case'), ('erase_case', 'Can erase the person of a case for good')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('reason_code__in', ('REQUESTED', 'OBJECTED', 'UNLAWFUL', 'OBLIGED', 'RESTORED', 'EXPIRED'))), name='tombstone_reason_code'), models.CheckConstraint(condition=models.Q(models.Q(('reason_code', 'EXPIRED'), ('user', None)), models.Q(models.Q(('reason_code', 'EXPIRED'), _negated=True), ('user__isnull', False)), _connector='OR'), name='tombstone_by_whom')],
                },
            ),
            migrations.CreateModel(
                name='ErasedToken',
                fields=[
                    ('digest', models.CharField(max_length=64, primary_key=True, serialize=False)),
                    ('tombstone', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='tokens', to='erased.tombstone')),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(('digest__regex', '^[0-9a-f]{64}$')), name='erasedtoken_digest')],
                },
            ),
            migrations.CreateModel(
                name='ErasedReference',
                fields=[
                    ('pk', models.CompositePrimaryKey('partner_id', 'digest', blank=True, editable=False, primary_key=True, serialize=False)),
                    ('digest', models.CharField(max_length=64)),
                    ('partner', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='partners.partner')),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(('digest__regex', '^[0-9a-f]{64}$')), name='erasedreference_digest')],
                },
            ),
        ),
        CreateModels(
            migrations.CreateModel(
                name='ExpiredYear',
                fields=[
                    ('pk', models.CompositePrimaryKey('year', 'identified', blank=True, editable=False, primary_key=True, serialize=False)),
                    ('year', models.PositiveSmallIntegerField()),
                    ('identified', models.BooleanField()),
                ],
                options={'default_permissions': ()},
            ),
        ),
        append_only("erased_tombstone", "erased_erasedtoken", "erased_erasedreference", "erased_expiredyear"),
        # A tombstone comes back after a restore with its moment.
        date("erased_tombstone", "erased_at", "restore", HISTORY),
        grant("SELECT", "erased_tombstone", "erased_erasedtoken", "erased_erasedreference", "erased_expiredyear"),
        keep_rows(
            "erased_tombstone",
            "There are tombstones: keep them first (manage.py case tombstones), then empty the table by hand.",
        ),
    ]
