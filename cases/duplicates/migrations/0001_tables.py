"""Linkage codes, candidate pairs, and what staff decided of them.

The web server's role stores and deletes linkage codes without being able to read one; it takes a candidate away when it is decided,
and decisions stay as they are. Linkage codes and candidates are replaced in place, and are of when that was.
"""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

from core.install import HISTORY, CreateModels, append_only, date, grant


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ("cases", "0001_tables"),
        ("linking", "0001_tables"),
        ("partners", "0001_tables"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModels(
            migrations.CreateModel(
                name='Duplicate',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('reasons', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=32))),
                    ('score', models.FloatField()),
                    ('found_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                    ('case_a', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case')),
                    ('case_b', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case')),
                ],
                options={
                    'ordering': ('-score', 'id'),
                    'permissions': [('decide_duplicates', 'Can decide whether two cases are one person')],
                    'constraints': [models.UniqueConstraint(fields=('case_a', 'case_b'), name='duplicate_pair'), models.CheckConstraint(condition=models.Q(('case_a__lt', models.F('case_b'))), name='duplicate_in_order'), models.CheckConstraint(condition=models.Q(('reasons__contained_by', ['linkage_code', 'pattern']), ('reasons__len__gte', 1)), name='duplicate_reasons')],
                },
            ),
            migrations.CreateModel(
                name='DuplicateDecision',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('decision', models.CharField(max_length=16)),
                    ('reasons', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=32))),
                    ('score', models.FloatField()),
                    ('reason_code', models.CharField(max_length=32)),
                    ('decided_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                    ('case_a', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case')),
                    ('case_b', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case')),
                    ('merge', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='linking.linkdecision')),
                    ('user', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ('decided_at', 'id'),
                    'constraints': [models.CheckConstraint(condition=models.Q(('case_a__lt', models.F('case_b'))), name='duplicatedecision_in_order'), models.CheckConstraint(condition=models.Q(('reasons__contained_by', ['linkage_code', 'pattern']), ('reasons__len__gte', 1)), name='duplicatedecision_reasons'), models.CheckConstraint(condition=models.Q(models.Q(('decision', 'SAME'), ('merge__isnull', False), ('reason_code__in', ('CONFIRMED', 'MATCH', 'TOKEN_LOST', 'TOKEN_MIXED_UP', 'TWO_PERSONS', 'WRONG_DECISION', '_O'))), models.Q(('decision', 'DIFFERENT'), ('merge__isnull', True), ('reason_code__in', ('TWO_KNOWN', 'CONTRADICTION', 'COINCIDENCE', 'CODE_IN_ERROR', '_O'))), _connector='OR'), name='duplicatedecision_code')],
                },
            ),
            migrations.CreateModel(
                name='LinkageCode',
                fields=[
                    ('pk', models.CompositePrimaryKey('partner_id', 'reference', blank=True, editable=False, primary_key=True, serialize=False)),
                    ('reference', models.UUIDField()),
                    ('digest', models.CharField(max_length=64)),
                    ('recorded_at', models.DateTimeField()),
                    ('partner', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='partners.partner')),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(('digest__regex', '^[0-9a-f]{64}$')), name='linkagecode_digest')],
                },
            ),
        ),
        append_only("duplicates_duplicatedecision", but=["erase"]),
        date("duplicates_linkagecode", "recorded_at", HISTORY, events="INSERT OR UPDATE"),
        date("duplicates_duplicate", "found_at", "begun", HISTORY),
        date("duplicates_duplicatedecision", "decided_at", "begun", HISTORY),
        grant(
            "INSERT, DELETE, SELECT (partner_id, reference, recorded_at), UPDATE (digest, recorded_at)", "duplicates_linkagecode"
        ),
        grant("SELECT, DELETE", "duplicates_duplicate"),
        grant("SELECT, INSERT", "duplicates_duplicatedecision"),
    ]
