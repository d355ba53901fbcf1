"""Releases: exact tables, drafts and proofs in the schema `build`, what is published in `public`, and the orders and decisions of staff.

Rows are final: a release seals its tables, a publication seals what it published. Nothing of a release can be emptied either.
"""

import django.contrib.postgres.fields
import django.contrib.postgres.functions
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

import cases.statistics.choices
from partners.install import InstallSQL, append_only, check_insert, date, grant, keep_rows, move_to_build, never_emptied

DRAFTED = ("statistics_releasetable", "statistics_protectedtable", "statistics_draftchange", "statistics_snapshotrecord")
BUILT = (*(f"build.{table}" for table in DRAFTED), "build.statistics_proof", "build.statistics_erasedcount")
PUBLISHED = (
    "statistics_publishedtable", "statistics_publishedchange", "statistics_certificate", "statistics_publication",
    "statistics_withdrawal", "statistics_erratum",
)
# The figures of a release, and what is a digest of them, are behind a guarded function: of a small release they could be guessed from it.
OPEN = (
    "id, period, first_month, last_month, vintage, audience, as_of, built_at, client_id, user_id, settings, codelists, commitment, "
    "notes, software, change_notes_da, change_notes_en"
)


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('partners', '0001_rooms'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        migrations.swappable_dependency(settings.OAUTH2_PROVIDER_APPLICATION_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Release',
            fields=[
                ('id', models.CharField(max_length=32, primary_key=True, serialize=False)),
                ('period', models.CharField(max_length=16)),
                ('first_month', models.DateField()),
                ('last_month', models.DateField()),
                ('vintage', models.PositiveIntegerField()),
                ('audience', models.CharField(choices=cases.statistics.choices.audiences, default='exact', max_length=16)),
                ('as_of', models.DateTimeField()),
                ('built_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('settings', models.JSONField()),
                ('codelists', models.JSONField()),
                ('records', models.JSONField()),
                ('cells', models.JSONField()),
                ('snapshots', models.JSONField()),
                ('digest', models.CharField(max_length=64)),
                ('commitment', models.CharField(default='', max_length=64)),
                ('notes', models.JSONField(default=list)),
                ('change_notes_da', models.CharField(default='', max_length=2000)),
                ('change_notes_en', models.CharField(default='', max_length=2000)),
                ('software', models.CharField(max_length=32)),
                ('rule', models.CharField(default='', max_length=64)),
                ('client', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, to=settings.OAUTH2_PROVIDER_APPLICATION_MODEL)),
                ('user', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('first_month', 'last_month', 'vintage'),
                'permissions': [('approve_release', 'Can publish and withdraw releases that others built')],
            },
        ),
        migrations.CreateModel(
            name='Work',
            fields=[
                ('key', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('state', models.JSONField()),
                ('updated_at', models.DateTimeField(auto_now=True)),
            ],
        ),
        migrations.CreateModel(
            name='Certificate',
            fields=[
                ('release', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, serialize=False, to='statistics.release')),
                ('body', models.JSONField()),
            ],
        ),
        migrations.CreateModel(
            name='Proof',
            fields=[
                ('release', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, serialize=False, to='statistics.release')),
                ('passed', models.BooleanField()),
                ('report', models.JSONField()),
                ('certificate', models.JSONField()),
                ('against', models.JSONField(default=list)),
                ('margins', models.JSONField(default=dict)),
            ],
        ),
        migrations.CreateModel(
            name='BuildOrder',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('period', models.CharField(max_length=16)),
                ('audience', models.CharField(choices=cases.statistics.choices.protected_audiences, max_length=16)),
                ('choice', models.JSONField(blank=True, null=True)),
                ('change_notes_da', models.CharField(blank=True, default='', max_length=2000)),
                ('change_notes_en', models.CharField(blank=True, default='', max_length=2000)),
                ('ordered_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('state', models.CharField(choices=cases.statistics.choices.order_states, default='OPEN', editable=False, max_length=16)),
                ('message', models.TextField(default='', editable=False)),
                ('user', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
                ('release', models.ForeignKey(db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, to='statistics.release')),
            ],
            options={
                'ordering': ('ordered_at', 'id'),
            },
        ),
        migrations.CreateModel(
            name='DraftChange',
            fields=[
                ('pk', models.CompositePrimaryKey('release_id', 'dataset', 'axes', blank=True, editable=False, primary_key=True, serialize=False)),
                ('dataset', models.CharField(max_length=16)),
                ('axes', models.CharField(max_length=200)),
                ('codes', django.contrib.postgres.fields.ArrayField(base_field=models.TextField())),
                ('before', django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(null=True))),
                ('after', django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(null=True))),
                ('change', django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(null=True))),
                ('release', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='statistics.release')),
                ('since', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='statistics.release')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ErasedCount',
            fields=[
                ('id', models.UUIDField(db_default=django.contrib.postgres.functions.RandomUUID(), editable=False, primary_key=True, serialize=False)),
                ('dataset', models.CharField(max_length=16)),
                ('hash', models.BinaryField(max_length=32)),
                ('month', models.DateField(null=True)),
                ('leaves', django.contrib.postgres.fields.ArrayField(base_field=models.SmallIntegerField(), null=True)),
                ('release', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='statistics.release')),
            ],
            options={
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='ErasedKnowledge',
            fields=[
                ('pk', models.CompositePrimaryKey('record', 'partner_id', 'decided', blank=True, editable=False, primary_key=True, serialize=False)),
                ('record', models.UUIDField()),
                ('decided', models.BooleanField()),
                ('partner', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='partners.partner')),
            ],
        ),
        migrations.CreateModel(
            name='Erratum',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('text_da', models.CharField(max_length=2000)),
                ('text_en', models.CharField(max_length=2000)),
                ('published_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('release', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='statistics.release')),
                ('user', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('published_at', 'id'),
            },
        ),
        migrations.CreateModel(
            name='FactDecision',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('fact', models.CharField(max_length=200)),
                ('decision', models.CharField(choices=cases.statistics.choices.fact_decisions, max_length=32)),
                ('low', models.PositiveIntegerField(blank=True, null=True)),
                ('high', models.PositiveIntegerField(blank=True, null=True)),
                ('reason', models.CharField(max_length=500)),
                ('decided_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('user', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('decided_at', 'id'),
            },
        ),
        migrations.CreateModel(
            name='ProtectedTable',
            fields=[
                ('pk', models.CompositePrimaryKey('release_id', 'dataset', 'axes', blank=True, editable=False, primary_key=True, serialize=False)),
                ('dataset', models.CharField(max_length=16)),
                ('axes', models.CharField(max_length=200)),
                ('codes', django.contrib.postgres.fields.ArrayField(base_field=models.TextField())),
                ('counts', django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField())),
                ('hidden', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list)),
                ('offered', models.BooleanField()),
                ('release', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='statistics.release')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PublishedChange',
            fields=[
                ('pk', models.CompositePrimaryKey('release_id', 'dataset', 'axes', blank=True, editable=False, primary_key=True, serialize=False)),
                ('dataset', models.CharField(max_length=16)),
                ('axes', models.CharField(max_length=200)),
                ('codes', django.contrib.postgres.fields.ArrayField(base_field=models.TextField())),
                ('before', django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(null=True))),
                ('after', django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(null=True))),
                ('change', django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(null=True))),
                ('release', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='statistics.release')),
                ('since', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='statistics.release')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PublishedTable',
            fields=[
                ('pk', models.CompositePrimaryKey('release_id', 'dataset', 'axes', blank=True, editable=False, primary_key=True, serialize=False)),
                ('dataset', models.CharField(max_length=16)),
                ('axes', models.CharField(max_length=200)),
                ('codes', django.contrib.postgres.fields.ArrayField(base_field=models.TextField())),
                ('counts', django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField())),
                ('hidden', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list)),
                ('offered', models.BooleanField()),
                ('release', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='statistics.release')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ReleaseTable',
            fields=[
                ('pk', models.CompositePrimaryKey('release_id', 'dataset', 'axes', blank=True, editable=False, primary_key=True, serialize=False)),
                ('dataset', models.CharField(max_length=16)),
                ('axes', models.CharField(max_length=200)),
                ('codes', django.contrib.postgres.fields.ArrayField(base_field=models.TextField())),
                ('counts', django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField())),
                ('release', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='statistics.release')),
            ],
        ),
        migrations.CreateModel(
            name='SnapshotRecord',
            fields=[
                ('pk', models.CompositePrimaryKey('release_id', 'dataset', 'record', blank=True, editable=False, primary_key=True, serialize=False)),
                ('dataset', models.CharField(max_length=16)),
                ('record', models.UUIDField()),
                ('month', models.DateField()),
                ('codes', django.contrib.postgres.fields.ArrayField(base_field=models.TextField())),
                ('release', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='statistics.release')),
            ],
        ),
        migrations.CreateModel(
            name='Publication',
            fields=[
                ('release', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, serialize=False, to='statistics.release')),
                ('published_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('user', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Withdrawal',
            fields=[
                ('release', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, serialize=False, to='statistics.release')),
                ('reason', models.CharField(max_length=500)),
                ('withdrawn_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('replacement', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='statistics.release')),
                ('user', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.AddConstraint(
            model_name='release',
            constraint=models.UniqueConstraint(fields=('audience', 'period', 'vintage'), name='release_vintage'),
        ),
        migrations.AddConstraint(
            model_name='release',
            constraint=models.CheckConstraint(condition=models.Q(('audience__in', ('exact', 'public', 'authority'))), name='release_audience_code'),
        ),
        migrations.AddConstraint(
            model_name='release',
            constraint=models.CheckConstraint(condition=models.Q(('last_month__gte', models.F('first_month'))), name='release_months'),
        ),
        migrations.AddConstraint(
            model_name='release',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('audience', 'exact'), ('commitment', '')), models.Q(models.Q(('audience', 'exact'), _negated=True), ('commitment__regex', '^[0-9a-f]{64}$')), _connector='OR'), name='release_commitment_of_protected'),
        ),
        migrations.AddConstraint(
            model_name='release',
            constraint=models.CheckConstraint(condition=models.Q(('vintage', 1), models.Q(('change_notes_da__regex', '\\S'), ('change_notes_en__regex', '\\S')), _connector='OR'), name='release_change_notes_of_vintages'),
        ),
        migrations.AddConstraint(
            model_name='buildorder',
            constraint=models.CheckConstraint(condition=models.Q(('audience__in', ('public', 'authority'))), name='buildorder_audience_code'),
        ),
        migrations.AddConstraint(
            model_name='buildorder',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ('OPEN', 'RUNNING', 'DONE', 'FAILED'))), name='buildorder_state_code'),
        ),
        migrations.AddConstraint(
            model_name='draftchange',
            constraint=models.CheckConstraint(condition=models.Q(('codes__len', models.F('before__len'))), name='draftchange_before_of_codes'),
        ),
        migrations.AddConstraint(
            model_name='draftchange',
            constraint=models.CheckConstraint(condition=models.Q(('codes__len', models.F('after__len'))), name='draftchange_after_of_codes'),
        ),
        migrations.AddConstraint(
            model_name='draftchange',
            constraint=models.CheckConstraint(condition=models.Q(('codes__len', models.F('change__len'))), name='draftchange_change_of_codes'),
        ),
        migrations.AddConstraint(
            model_name='draftchange',
            constraint=models.CheckConstraint(condition=models.Q(('since', models.F('release')), _negated=True), name='draftchange_since_another'),
        ),
        migrations.AddConstraint(
            model_name='erratum',
            constraint=models.CheckConstraint(condition=models.Q(('text_da__regex', '\\S'), ('text_en__regex', '\\S')), name='erratum_said'),
        ),
        migrations.AddConstraint(
            model_name='factdecision',
            constraint=models.CheckConstraint(condition=models.Q(('decision__in', ('superseded', 'different_definition', 'interval'))), name='factdecision_code'),
        ),
        migrations.AddConstraint(
            model_name='factdecision',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decision', 'interval'), ('low__isnull', False)), models.Q(models.Q(('decision', 'interval'), _negated=True), ('high__isnull', True), ('low__isnull', True)), _connector='OR'), name='factdecision_bounds_of_intervals'),
        ),
        migrations.AddConstraint(
            model_name='factdecision',
            constraint=models.CheckConstraint(condition=models.Q(('high__gte', models.F('low'))), name='factdecision_low_below_high'),
        ),
        migrations.AddConstraint(
            model_name='factdecision',
            constraint=models.CheckConstraint(condition=models.Q(('reason__regex', '\\S')), name='factdecision_reason_said'),
        ),
        migrations.AddConstraint(
            model_name='protectedtable',
            constraint=models.CheckConstraint(condition=models.Q(('codes__len', models.F('counts__len'))), name='protectedtable_counts_of_codes'),
        ),
        migrations.AddConstraint(
            model_name='protectedtable',
            constraint=models.CheckConstraint(condition=models.Q(('codes__overlap', models.F('hidden')), _negated=True), name='protectedtable_shown_or_hidden'),
        ),
        migrations.AddConstraint(
            model_name='publishedchange',
            constraint=models.CheckConstraint(condition=models.Q(('codes__len', models.F('before__len'))), name='publishedchange_before_of_codes'),
        ),
        migrations.AddConstraint(
            model_name='publishedchange',
            constraint=models.CheckConstraint(condition=models.Q(('codes__len', models.F('after__len'))), name='publishedchange_after_of_codes'),
        ),
        migrations.AddConstraint(
            model_name='publishedchange',
            constraint=models.CheckConstraint(condition=models.Q(('codes__len', models.F('change__len'))), name='publishedchange_change_of_codes'),
        ),
        migrations.AddConstraint(
            model_name='publishedchange',
            constraint=models.CheckConstraint(condition=models.Q(('since', models.F('release')), _negated=True), name='publishedchange_since_another'),
        ),
        migrations.AddConstraint(
            model_name='publishedtable',
            constraint=models.CheckConstraint(condition=models.Q(('codes__len', models.F('counts__len'))), name='publishedtable_counts_of_codes'),
        ),
        migrations.AddConstraint(
            model_name='publishedtable',
            constraint=models.CheckConstraint(condition=models.Q(('codes__overlap', models.F('hidden')), _negated=True), name='publishedtable_shown_or_hidden'),
        ),
        migrations.AddConstraint(
            model_name='releasetable',
            constraint=models.CheckConstraint(condition=models.Q(('codes__len', models.F('counts__len'))), name='releasetable_counts_of_codes'),
        ),
        migrations.AddConstraint(
            model_name='withdrawal',
            constraint=models.CheckConstraint(condition=models.Q(('reason__regex', '\\S')), name='withdrawal_reason_said'),
        ),
        migrations.AddConstraint(
            model_name='withdrawal',
            constraint=models.CheckConstraint(condition=models.Q(('replacement', models.F('release')), _negated=True), name='withdrawal_by_another'),
        ),
        InstallSQL("cases/statistics", "seals.sql", digest="9ecbc29fe3546f92"),
        InstallSQL("cases/statistics", "exact.sql", digest="93ed96104b9f3a33"),
        InstallSQL("cases/statistics", "publish.sql", digest="4f13dc7308a20dd9"),
        InstallSQL("cases/statistics", "erased_counts.sql", digest="34cb66cc6de2522e"),
        move_to_build(*DRAFTED, "statistics_erasedknowledge", "statistics_erasedcount", "statistics_proof", "statistics_work"),
        append_only("statistics_release", *BUILT, *PUBLISHED, "statistics_factdecision", "build.statistics_erasedknowledge"),
        never_emptied("statistics_release", *BUILT, *PUBLISHED, "statistics_factdecision"),
        check_insert("sealed", "henvis_seal_draft", *(f"build.{table}" for table in DRAFTED)),
        check_insert(
            "sealed", "henvis_seal_publication", "statistics_publishedtable", "statistics_publishedchange", "statistics_certificate"
        ),
        check_insert("of_published", "henvis_check_erratum", "statistics_erratum"),
        # Of the beginning of their transaction: what was decided or published since a build began is news to it.
        date("statistics_release", "built_at", "begun"),
        date("statistics_publication", "published_at", "begun"),
        date("statistics_withdrawal", "withdrawn_at", "begun"),
        date("statistics_erratum", "published_at", "begun"),
        date("statistics_factdecision", "decided_at", "begun"),
        date("statistics_buildorder", "ordered_at", "begun", events="INSERT OR UPDATE OF ordered_at"),
        grant(f"SELECT ({OPEN})", "statistics_release"),
        grant(
            "SELECT", "statistics_publishedtable", "statistics_publishedchange", "statistics_certificate", "statistics_publication",
            "statistics_withdrawal",
        ),
        grant("SELECT, INSERT", "statistics_erratum", "statistics_factdecision", "statistics_buildorder"),
        keep_rows(
            "build.statistics_erasedcount",
            "What releases had counted of persons who were erased is kept in build.statistics_erasedcount: without it they cannot be "
            "verified any more. Empty the table by hand first.",
        ),
    ]
