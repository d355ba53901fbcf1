"""Counts of refused rows, who read which feedback, looks at desks, and comparisons. A trigger counts where a delivery ends."""

import uuid

import django.contrib.postgres.functions
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

from core.install import CreateModels, InstallSQL, append_only, date, grant, steps


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ("intake", "0001_tables"),
        ("partners", "0001_tables"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModels(
            migrations.CreateModel(
                name='FieldComparison',
                fields=[
                    ('pk', models.CompositePrimaryKey('year', 'field', blank=True, editable=False, primary_key=True, serialize=False)),
                    ('year', models.PositiveSmallIntegerField()),
                    ('field', models.CharField(max_length=64)),
                    ('low', models.PositiveSmallIntegerField(null=True)),
                    ('high', models.PositiveSmallIntegerField(null=True)),
                    ('decided_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ],
                options={
                    'default_permissions': (),
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('high', None), ('low', None)), models.Q(('high', django.db.models.expressions.CombinedExpression(models.F('low'), '+', models.Value(5))), ('high__lte', 100), ('low__isnull', False)), _connector='OR'), name='fieldcomparison_band')],
                },
            ),
            migrations.CreateModel(
                name='DeskLook',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('page', models.CharField(max_length=16)),
                    ('reason_code', models.CharField(max_length=32)),
                    ('looked_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                    ('partner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partners.partner')),
                    ('user', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ('-looked_at', 'id'),
                    'default_permissions': ('view',),
                    'constraints': [models.CheckConstraint(condition=models.Q(('page__in', ['CALENDAR', 'FEEDBACK', 'YEAR'])), name='desklook_page_code'), models.CheckConstraint(condition=models.Q(('reason_code__in', ['ASKED_FOR_HELP', 'FOLLOW_UP', 'QUALITY_TALK', 'FAULT'])), name='desklook_reason_code_code')],
                },
            ),
            migrations.CreateModel(
                name='FeedbackRead',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('year', models.PositiveSmallIntegerField()),
                    ('read_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                    ('partner', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partners.partner')),
                    ('user', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ('-read_at', 'id'),
                    'default_permissions': ('view',),
                    'constraints': [models.UniqueConstraint(fields=('partner', 'year', 'user'), name='feedbackread_once')],
                },
            ),
            migrations.CreateModel(
                name='RuleTally',
                fields=[
                    ('id', models.UUIDField(db_default=django.contrib.postgres.functions.RandomUUID(), editable=False, primary_key=True, serialize=False)),
                    ('month', models.DateField()),
                    ('tried', models.BooleanField()),
                    ('rule', models.CharField(max_length=64)),
                    ('field', models.CharField(max_length=64)),
                    ('rows', models.PositiveIntegerField()),
                    ('batch', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='intake.batch')),
                    ('partner', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partners.partner')),
                ],
                options={
                    'permissions': [('view_quality', 'Can see what partners have reported and which rules their rows broke'), ('view_shares', "Can see exact counts about a partner's records: not known, and months to the decision"), ('look_at_desk', "Can see a partner's desk as the partner does")],
                    'default_permissions': (),
                    'indexes': [models.Index(models.F('month'), models.F('partner'), name='ruletally_months')],
                    'constraints': [models.UniqueConstraint(fields=('batch', 'tried', 'rule', 'field'), name='ruletally_once'), models.CheckConstraint(condition=models.Q(('month__day', 1)), name='ruletally_month_first_day'), models.CheckConstraint(condition=models.Q(('rows__gte', 1)), name='ruletally_rows_positive')],
                },
            ),
        ),
        InstallSQL("oversight/quality", "tallies.sql", digest="bf8799468e657fa0"),
        # Only where a delivery ends with rows to count, so that no other step of it runs the function.
        steps(
            "CREATE TRIGGER tally_rules AFTER UPDATE ON intake_batch FOR EACH ROW WHEN ("
            "OLD.finished_at IS NULL AND NEW.finished_at IS NOT NULL"
            " AND NEW.state IN ('needs_review', 'done') AND NEW.rejected + NEW.held > 0"
            ") EXECUTE FUNCTION henvis_tally_rules()",
            back=["DROP TRIGGER tally_rules ON intake_batch"],
        ),
        append_only("quality_ruletally", "quality_feedbackread", "quality_desklook", "quality_fieldcomparison"),
        date("quality_feedbackread", "read_at"),
        date("quality_desklook", "looked_at"),
        date("quality_fieldcomparison", "decided_at"),
        grant("SELECT", "quality_ruletally"),
        grant("SELECT, INSERT", "quality_feedbackread", "quality_desklook", "quality_fieldcomparison"),
    ]
