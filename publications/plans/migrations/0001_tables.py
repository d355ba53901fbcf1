"""Indicators of action plans, observations, and decisions on both. The web server's role adds rows; none is changed."""

import django.core.validators
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

from core.install import HISTORY, CreateModels, InstallSQL, append_only, check_insert, date, grant, never_emptied

DATED = {
    "plans_planindicator": "recorded_at",
    "plans_planobservation": "recorded_at",
    "plans_indicatordecision": "decided_at",
    "plans_observationdecision": "decided_at",
}


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ("statistics", "0001_tables"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModels(
            migrations.CreateModel(
                name='PlanIndicator',
                fields=[
                    ('id', models.BigAutoField(primary_key=True, serialize=False)),
                    ('plan', models.CharField(max_length=16)),
                    ('area', models.CharField(max_length=4)),
                    ('code', models.CharField(max_length=32)),
                    ('label_da', models.CharField(max_length=160)),
                    ('label_en', models.CharField(max_length=160)),
                    ('definition_da', models.CharField(max_length=1000)),
                    ('definition_en', models.CharField(max_length=1000)),
                    ('unit', models.CharField(max_length=16)),
                    ('source', models.CharField(max_length=16)),
                    ('dataset', models.CharField(blank=True, default='', max_length=32)),
                    ('filters', models.JSONField(blank=True, default=dict)),
                    ('measure', models.CharField(blank=True, default='', max_length=16)),
                    ('baseline_year', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(2000), django.core.validators.MaxValueValidator(2100)])),
                    ('baseline_value', models.DecimalField(decimal_places=2, max_digits=12)),
                    ('target_value', models.DecimalField(decimal_places=2, max_digits=12)),
                    ('direction', models.CharField(max_length=8)),
                    ('due_year', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(2000), django.core.validators.MaxValueValidator(2100)])),
                    ('recorded_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                    ('user', models.ForeignKey(db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ('plan', 'area', 'code'),
                    'constraints': [models.UniqueConstraint(fields=('plan', 'code'), name='planindicator_own'), models.CheckConstraint(condition=models.Q(('plan__regex', '^\\d{4}-\\d{4}$')), name='planindicator_plan_code'), models.CheckConstraint(condition=models.Q(('code__regex', '^[A-Z0-9][A-Z0-9_-]{1,31}$')), name='planindicator_code_form'), models.CheckConstraint(condition=models.Q(('direction__in', ('UP', 'DOWN'))), name='planindicator_direction_code'), models.CheckConstraint(condition=models.Q(('source__in', ['COMPUTED', 'MANUAL'])), name='planindicator_source_code'), models.CheckConstraint(condition=models.Q(models.Q(('source', 'COMPUTED'), models.Q(('dataset', ''), _negated=True), models.Q(('measure', ''), _negated=True)), models.Q(('dataset', ''), ('filters', {}), ('measure', ''), ('source', 'MANUAL')), _connector='OR'), name='planindicator_query_of_computed'), models.CheckConstraint(condition=models.Q(('baseline_year__gte', 2000), ('due_year__gt', models.F('baseline_year')), ('due_year__lte', 2100)), name='planindicator_due_later'), models.CheckConstraint(condition=models.Q(models.Q(('direction', 'UP'), ('target_value__gte', models.F('baseline_value'))), models.Q(('direction', 'DOWN'), ('target_value__lte', models.F('baseline_value'))), _connector='OR'), name='planindicator_target_that_way'), models.CheckConstraint(condition=models.Q(('label_da__regex', '\\S'), ('label_en__regex', '\\S'), ('definition_da__regex', '\\S'), ('definition_en__regex', '\\S')), name='planindicator_in_both'), models.CheckConstraint(condition=models.Q(('unit__in', ['PERSONS', 'PER_CENT', 'VISIT', 'CONSULTATION', 'ADDRESS', 'CONTACT', 'ESTIMATE', 'SERVICE', 'SUSPICION', 'REFERRAL', 'DAY', 'PLACE', 'NIGHT', 'STAY', 'REQUEST', 'CALL', 'GRANT', 'RETURN', 'SUSPECT', 'DEFENDANT', 'DECISION', 'JUDGMENT', 'STAFF', 'COURSES', 'CASES', 'KRONER'])), name='planindicator_unit_code')],
                },
            ),
            migrations.CreateModel(
                name='PlanObservation',
                fields=[
                    ('id', models.BigAutoField(primary_key=True, serialize=False)),
                    ('year', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(2000), django.core.validators.MaxValueValidator(2100)])),
                    ('value', models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True)),
                    ('is_least', models.BooleanField(default=False, editable=False)),
                    ('source_da', models.CharField(blank=True, default='', max_length=500)),
                    ('source_en', models.CharField(blank=True, default='', max_length=500)),
                    ('recorded_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                    ('indicator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='plans.planindicator')),
                    ('release', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, to='statistics.release')),
                    ('user', models.ForeignKey(db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ('indicator', 'year', 'id'),
                    'permissions': [('publish_plan', 'Can publish indicators and observations that others wrote')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('year__range', (2000, 2100))), name='planobservation_year_range'), models.CheckConstraint(condition=models.Q(models.Q(('release__isnull', False), ('source_da', ''), ('source_en', '')), models.Q(('release', None), ('value__isnull', False), ('source_da__regex', '\\S'), ('source_en__regex', '\\S')), _connector='OR'), name='planobservation_of_one_source'), models.CheckConstraint(condition=models.Q(('is_least', False), models.Q(('release__isnull', False), ('value__isnull', False)), _connector='OR'), name='planobservation_least_of_sum')],
                },
            ),
            migrations.CreateModel(
                name='ObservationDecision',
                fields=[
                    ('observation', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='decision', serialize=False, to='plans.planobservation')),
                    ('approved', models.BooleanField()),
                    ('reason', models.CharField(blank=True, default='', max_length=32)),
                    ('decided_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                    ('user', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'default_permissions': (),
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('approved', True), ('reason', '')), models.Q(('approved', False), ('reason__in', ['WRONG', 'UNCLEAR', 'SHOWS_HIDDEN', 'TOO_EARLY'])), _connector='OR'), name='observationdecision_reasons')],
                },
            ),
            migrations.CreateModel(
                name='IndicatorDecision',
                fields=[
                    ('indicator', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='decision', serialize=False, to='plans.planindicator')),
                    ('approved', models.BooleanField()),
                    ('reason', models.CharField(blank=True, default='', max_length=32)),
                    ('decided_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                    ('user', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'default_permissions': (),
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('approved', True), ('reason', '')), models.Q(('approved', False), ('reason__in', ['WRONG', 'UNCLEAR', 'SHOWS_HIDDEN', 'TOO_EARLY'])), _connector='OR'), name='indicatordecision_reasons')],
                },
            ),
        ),
        InstallSQL("publications/plans", "plans.sql", digest="1303851e9843942a"),
        append_only(*DATED),
        never_emptied(*DATED),
        check_insert("may_add", "henvis_check_plan_indicator", "plans_planindicator"),
        check_insert("may_add", "henvis_check_plan_observation", "plans_planobservation"),
        check_insert("by_second", "henvis_check_indicator_decision", "plans_indicatordecision"),
        check_insert("by_second", "henvis_check_observation_decision", "plans_observationdecision"),
        *(date(table, column, "begun", HISTORY) for table, column in DATED.items()),
        grant("SELECT, INSERT", *DATED),
    ]
