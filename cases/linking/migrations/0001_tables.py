"""Which cases are one person, which records of a case are another's, and what staff found to be true of a person.

Decisions never change; links and decided attributes are versions that end once. The web server's role may do just that.
"""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from core.install import (
    HISTORY, CreateModels, InstallSQL, append_only, check_at_commit, date, date_versions, grant,
)

VERSIONS = ("linking_caselink", "linking_recordlink", "linking_attributedecision")


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ("cases", "0001_tables"),
        ("partners", "0001_tables"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModels(
            migrations.CreateModel(
                name='LinkDecision',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('kind', models.CharField(max_length=8)),
                    ('reason_code', models.CharField(max_length=32)),
                    ('decided_at', models.DateTimeField()),
                    ('undoes', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='undone_by', to='linking.linkdecision')),
                    ('user', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ('-decided_at',),
                    'permissions': [('decide_links', "Can merge and split cases, undo it, and decide a person's attributes"), ('view_conflicts', "Can see a person's records side by side and where they conflict")],
                    'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['MERGE', 'SPLIT', 'UNDO'])), name='linkdecision_kind_code'), models.CheckConstraint(condition=models.Q(('reason_code__in', ('CONFIRMED', 'MATCH', 'TOKEN_LOST', 'TOKEN_MIXED_UP', 'TWO_PERSONS', 'WRONG_DECISION', '_O'))), name='linkdecision_reason_code_code'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'UNDO'), ('undoes__isnull', False)), models.Q(models.Q(('kind', 'UNDO'), _negated=True), ('undoes', None)), _connector='OR'), name='linkdecision_undoes')],
                },
            ),
            migrations.CreateModel(
                name='CaseLink',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('recorded_at', models.DateTimeField()),
                    ('superseded_at', models.DateTimeField(null=True)),
                    ('case', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case')),
                    ('decision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='linking.linkdecision')),
                ],
                options={
                    'abstract': False,
                    'indexes': [models.Index(models.F('case'), name='caselink_case')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('superseded_at__gte', models.F('recorded_at'))), name='caselink_superseded_later'), models.UniqueConstraint(condition=models.Q(('superseded_at', None)), fields=('case',), name='caselink_current'), models.CheckConstraint(condition=models.Q(('case', models.F('person')), _negated=True), name='caselink_other')],
                },
            ),
            migrations.CreateModel(
                name='MergedCase',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case')),
                    ('decision', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='merged', to='linking.linkdecision')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('decision', 'case'), name='mergedcase_once')],
                },
            ),
            migrations.CreateModel(
                name='RecordLink',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('recorded_at', models.DateTimeField()),
                    ('superseded_at', models.DateTimeField(null=True)),
                    ('reference', models.UUIDField(null=True)),
                    ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case')),
                    ('decision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='linking.linkdecision')),
                    ('from_case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case')),
                    ('partner', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partners.partner')),
                ],
                options={
                    'abstract': False,
                    'constraints': [models.CheckConstraint(condition=models.Q(('superseded_at__gte', models.F('recorded_at'))), name='recordlink_superseded_later'), models.UniqueConstraint(condition=models.Q(('superseded_at', None)), fields=('partner', 'reference', 'from_case'), name='recordlink_current', nulls_distinct=False), models.CheckConstraint(condition=models.Q(('case', models.F('from_case')), _negated=True), name='recordlink_other')],
                },
            ),
            migrations.CreateModel(
                name='AttributeDecision',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('field', models.CharField(max_length=32)),
                    ('code', models.CharField(max_length=32)),
                    ('reason_code', models.CharField(max_length=32)),
                    ('recorded_at', models.DateTimeField()),
                    ('superseded_at', models.DateTimeField(null=True)),
                    ('case', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case')),
                    ('user', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(condition=models.Q(('superseded_at', None)), fields=('case', 'field'), name='attributedecision_current'), models.CheckConstraint(condition=models.Q(('field__in', ['region', 'detected_by', 'gender', 'age_band', 'minor_when_exploited', 'citizenship', 'residence_basis', 'exploitation'])), name='attributedecision_field'), models.CheckConstraint(condition=models.Q(('code__regex', '^[A-Z0-9_]+$')), name='attributedecision_code'), models.CheckConstraint(condition=models.Q(('reason_code__in', ('CONFIRMED', 'BETTER_SOURCE', 'ENTRY_ERROR', 'CHANGED', 'WRONG_DECISION', '_O'))), name='attributedecision_reason_code_code'), models.CheckConstraint(condition=models.Q(('superseded_at__gte', models.F('recorded_at'))), name='attributedecision_superseded_later')],
                },
            ),
            migrations.CreateModel(
                name='RestrictedCase',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('restriction', models.UUIDField()),
                    ('recorded_at', models.DateTimeField()),
                    ('superseded_at', models.DateTimeField(null=True)),
                    ('case', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case')),
                ],
                options={
                    'permissions': [('restrict_case', 'Can restrict the processing of the person of a case, and lift it with another')],
                    'default_permissions': (),
                    'constraints': [models.UniqueConstraint(fields=('restriction', 'case'), name='restrictedcase_once'), models.CheckConstraint(condition=models.Q(('superseded_at__gte', models.F('recorded_at'))), name='restrictedcase_superseded_later')],
                },
            ),
        ),
        InstallSQL("cases/linking", "links.sql", digest="f36856eceea2bf29"),
        append_only("linking_linkdecision", "linking_mergedcase", but=["erase"]),
        append_only("linking_caselink", "linking_attributedecision", "linking_restrictedcase", but=["superseded_at", "erase"]),
        append_only("linking_recordlink", but=["superseded_at", "erase", "erase:from_case_id"]),
        check_at_commit("ended", "henvis_check_end", *VERSIONS),
        date_versions(*VERSIONS, "linking_restrictedcase"),
        date("linking_linkdecision", "decided_at", HISTORY),
        grant("SELECT, INSERT", "linking_linkdecision", "linking_mergedcase", *VERSIONS),
        grant("UPDATE (superseded_at)", *VERSIONS),
        grant("SELECT", "linking_restrictedcase"),
    ]
