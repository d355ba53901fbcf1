"""Releases: exact tables, drafts and proofs in the schema `build`, what is published in `public`, and the orders and decisions of staff.

Rows are final: a release seals its tables, a publication seals what it published. Nothing of a release can be emptied either.
"""

import uuid

import django.contrib.postgres.fields
import django.contrib.postgres.functions
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

from core.install import (
    HISTORY, CreateModels, InstallSQL, append_only, check_insert, date, grant, keep_rows, move_to_build, never_emptied,
)

DRAFTED = (
    "statistics_releasetable", "statistics_protectedtable", "statistics_draftchange", "statistics_drafttold",
    "statistics_draftsumtable", "statistics_draftsumtold", "statistics_draftsumcoverage",
)
# What a release counted, one by one.
COUNTED = ("statistics_snapshotrecord", "statistics_sumleaf")
OF_RECORDS = ("build.statistics_snapshotrecord", "build.statistics_erasedknowledge")
PUBLISHED = (
    "statistics_publishedtable", "statistics_publishedchange", "statistics_certificate", "statistics_publishedtold",
    "statistics_publishedsumtable", "statistics_publishedsumtold", "statistics_publishedsumcoverage",
)
FINAL = (
    "statistics_release", *(f"build.{table}" for table in (*DRAFTED, "statistics_sumleaf", "statistics_proof", "statistics_erasedcount")),
    *PUBLISHED, "statistics_publication", "statistics_withdrawal", "statistics_erratum", "statistics_factdecision", "statistics_draftrefusal",
    "statistics_factdecisionend", "build.statistics_countedfact",
    "statistics_withdrawalrequest", "statistics_withdrawaldecision",
    # What the web server writes, beside errata and decisions on facts.
    "statistics_erratumdecision", "statistics_reviewsign", "statistics_reviewsignend", "statistics_orderfiling",
)
CALENDAR = (
    "statistics_announceddate", "statistics_scheduledpublication", "statistics_scheduleend",
    "statistics_prereleaseaccess",
)
# The figures of a release, and what is a digest of them, are behind a guarded function: of a small release they could be guessed from it.
OPEN = (
    "id, period, first_month, last_month, vintage, audience, as_of, built_at, client_id, user_id, settings, codelists, commitment, "
    "notes, software, change_notes_da, change_notes_en, reason_da, reason_en"
)


def draft_and_published(draft, published, key, fields, **checks):
    """Two tables of the same columns: of drafts, and of what is published."""
    return [
        migrations.CreateModel(
            name=name,
            fields=[
                ('pk', models.CompositePrimaryKey(*key, blank=True, editable=False, primary_key=True, serialize=False)),
                *((column, field.clone()) for column, field in fields),
            ],
            options={
                'abstract': False,
                **({'constraints': [models.CheckConstraint(condition=check, name=f'{name.lower()}_{of}') for of, check in checks.items()]} if checks else {}),
            },
        )
        for name in (draft, published)
    ]


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
                name='Release',
                fields=[
                    ('id', models.CharField(max_length=32, primary_key=True, serialize=False)),
                    ('period', models.CharField(max_length=16)),
                    ('first_month', models.DateField()),
                    ('last_month', models.DateField()),
                    ('vintage', models.PositiveIntegerField()),
                    ('audience', models.CharField(default='exact', max_length=16)),
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
                    ('reason_da', models.CharField(default='', max_length=500)),
                    ('reason_en', models.CharField(default='', max_length=500)),
                    ('software', models.CharField(max_length=32)),
                    ('rule', models.CharField(default='', max_length=64)),
                    ('client', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, to=settings.OAUTH2_PROVIDER_APPLICATION_MODEL)),
                    ('user', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ('first_month', 'last_month', 'vintage'),
                    'permissions': [('approve_release', 'Can publish and withdraw releases that others built')],
                    'constraints': [models.UniqueConstraint(fields=('audience', 'period', 'vintage'), name='release_vintage'), models.CheckConstraint(condition=models.Q(('audience__in', ('exact', 'public', 'authority'))), name='release_audience_code'), models.CheckConstraint(condition=models.Q(('last_month__gte', models.F('first_month'))), name='release_months'), models.CheckConstraint(condition=models.Q(models.Q(('audience', 'exact'), ('commitment', '')), models.Q(models.Q(('audience', 'exact'), _negated=True), ('commitment__regex', '^[0-9a-f]{64}$')), _connector='OR'), name='release_commitment_of_protected'), models.CheckConstraint(condition=models.Q(('vintage', 1), models.Q(('change_notes_da__regex', '\\S'), ('change_notes_en__regex', '\\S')), _connector='OR'), name='release_change_notes_of_vintages')],
                },
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
                    ('behind', models.JSONField(default=dict)),
                    ('few_reports', models.BooleanField(default=False)),
                ],
            ),
            migrations.CreateModel(
                name='BuildOrder',
                fields=[
                    ('id', models.BigAutoField(primary_key=True, serialize=False)),
                    ('period', models.CharField(max_length=16)),
                    ('audience', models.CharField(max_length=16)),
                    ('choice', models.JSONField(blank=True, null=True)),
                    ('change_notes_da', models.CharField(blank=True, default='', max_length=2000)),
                    ('change_notes_en', models.CharField(blank=True, default='', max_length=2000)),
                    ('reason_da', models.CharField(blank=True, default='', max_length=500)),
                    ('reason_en', models.CharField(blank=True, default='', max_length=500)),
                    ('ordered_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                    ('state', models.CharField(default='OPEN', editable=False, max_length=16)),
                    ('message', models.TextField(default='', editable=False)),
                    ('user', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
                    ('release', models.ForeignKey(db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, to='statistics.release')),
                    ('kind', models.CharField(default='BUILD', editable=False, max_length=16)),
                    ('proposals', models.JSONField(editable=False, null=True)),
                ],
                options={
                    'ordering': ('ordered_at', 'id'),
                    'constraints': [models.CheckConstraint(condition=models.Q(('audience__in', ('public', 'authority'))), name='buildorder_audience_code'), models.CheckConstraint(condition=models.Q(('state__in', ('OPEN', 'RUNNING', 'DONE', 'FAILED'))), name='buildorder_state_code'), models.CheckConstraint(condition=models.Q(('kind__in', ('BUILD', 'PROPOSE'))), name='buildorder_kind_code'), models.CheckConstraint(condition=models.Q(models.Q(('choice__isnull', True), ('kind', 'PROPOSE'), ('release__isnull', True)), models.Q(('kind', 'BUILD'), ('proposals__isnull', True)), _connector='OR'), name='buildorder_one_answer')],
                },
            ),
            *draft_and_published(
                'DraftChange', 'PublishedChange', ('release_id', 'dataset', 'axes'),
                [
                    ('dataset', models.CharField(max_length=16)),
                    ('axes', models.CharField(max_length=200)),
                    ('codes', django.contrib.postgres.fields.ArrayField(base_field=models.TextField())),
                    ('before', django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(null=True))),
                    ('after', django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(null=True))),
                    ('change', django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(null=True))),
                    ('release', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='statistics.release')),
                    ('since', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='statistics.release')),
                ],
                before_of_codes=models.Q(('codes__len', models.F('before__len'))),
                after_of_codes=models.Q(('codes__len', models.F('after__len'))),
                change_of_codes=models.Q(('codes__len', models.F('change__len'))),
                since_another=models.Q(('since', models.F('release')), _negated=True),
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
                    ('of_total', models.BooleanField(default=False)),
                    ('written_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                    ('release', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='statistics.release')),
                    ('user', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ('written_at', 'id'),
                    'constraints': [models.CheckConstraint(condition=models.Q(('text_da__regex', '\\S'), ('text_en__regex', '\\S')), name='erratum_said')],
                },
            ),
            migrations.CreateModel(
                name='FactDecision',
                fields=[
                    ('id', models.BigAutoField(primary_key=True, serialize=False)),
                    ('fact', models.CharField(max_length=200)),
                    ('decision', models.CharField(max_length=32)),
                    ('low', models.PositiveIntegerField(blank=True, null=True)),
                    ('high', models.PositiveIntegerField(blank=True, null=True)),
                    ('reason', models.CharField(max_length=500)),
                    ('decided_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                    ('user', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ('decided_at', 'id'),
                    'constraints': [models.CheckConstraint(condition=models.Q(('decision__in', ('superseded', 'different_definition', 'interval'))), name='factdecision_code'), models.CheckConstraint(condition=models.Q(models.Q(('decision', 'interval'), ('low__isnull', False)), models.Q(models.Q(('decision', 'interval'), _negated=True), ('high__isnull', True), ('low__isnull', True)), _connector='OR'), name='factdecision_bounds_of_intervals'), models.CheckConstraint(condition=models.Q(('high__gte', models.F('low'))), name='factdecision_low_below_high'), models.CheckConstraint(condition=models.Q(('reason__regex', '\\S.{18,}\\S'), ('reason__regex', '([[:alpha:]][^[:alpha:]]*){10}')), name='factdecision_reason_told')],
                },
            ),
            migrations.CreateModel(
                name='FactDecisionEnd',
                fields=[
                    ('decision', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='end', serialize=False, to='statistics.factdecision')),
                    ('outcome', models.CharField(max_length=16)),
                    ('reason', models.CharField(blank=True, default='', max_length=500)),
                    ('ended_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                    ('user', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'default_permissions': (),
                    'constraints': [models.CheckConstraint(condition=models.Q(('outcome__in', ('CONFIRMED', 'REFUSED', 'TAKEN_BACK'))), name='factdecisionend_outcome_code'), models.CheckConstraint(condition=models.Q(models.Q(('outcome', 'REFUSED'), ('reason__regex', '\\S.{18,}\\S'), ('reason__regex', '([[:alpha:]][^[:alpha:]]*){10}')), models.Q(models.Q(('outcome', 'REFUSED'), _negated=True), ('reason', '')), _connector='OR'), name='factdecisionend_reason_told')],
                },
            ),
            migrations.CreateModel(
                name='CountedFact',
                fields=[
                    ('id', models.BigAutoField(primary_key=True, serialize=False)),
                    ('fact', models.CharField(max_length=200)),
                    ('persons', models.PositiveIntegerField()),
                    ('counted_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ],
                options={
                    'default_permissions': (),
                },
            ),
            *draft_and_published(
                'ProtectedTable', 'PublishedTable', ('release_id', 'dataset', 'axes'),
                [
                    ('dataset', models.CharField(max_length=16)),
                    ('axes', models.CharField(max_length=200)),
                    ('codes', django.contrib.postgres.fields.ArrayField(base_field=models.TextField())),
                    ('counts', django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField())),
                    ('hidden', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list)),
                    ('offered', models.BooleanField()),
                    ('release', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='statistics.release')),
                    ('symbol', models.PositiveSmallIntegerField(null=True)),
                    ('within', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list)),
                ],
                counts_of_codes=models.Q(('codes__len', models.F('counts__len'))),
                shown_or_hidden=models.Q(('codes__overlap', models.F('hidden')), _negated=True),
                within_hidden=models.Q(('hidden__contains', models.F('within'))),
                within_symbol=models.Q(('symbol__isnull', False), ('within', []), _connector='OR'),
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
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(('codes__len', models.F('counts__len'))), name='releasetable_counts_of_codes')],
                },
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
                    ('grounds', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=32), default=list)),
                    ('reason_da', models.CharField(default='', max_length=500)),
                    ('reason_en', models.CharField(default='', max_length=500)),
                    ('release', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, serialize=False, to='statistics.release')),
                    ('published_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                    ('user', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(('grounds', []), models.Q(('reason_da__regex', '\\S'), ('reason_en__regex', '\\S')), _connector='OR'), name='publication_reason_of_grounds')],
                },
            ),
            migrations.CreateModel(
                name='Withdrawal',
                fields=[
                    ('release', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, serialize=False, to='statistics.release')),
                    ('reason', models.CharField(max_length=1001)),
                    ('withdrawn_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                    ('replacement', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='statistics.release')),
                    ('user', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(('reason__regex', '\\S')), name='withdrawal_reason_said'), models.CheckConstraint(condition=models.Q(('replacement', models.F('release')), _negated=True), name='withdrawal_by_another')],
                },
            ),
            *draft_and_published(
                'DraftTold', 'PublishedTold', ('release_id', 'of_id', 'dataset', 'axes'),
                [
                    ('of', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='statistics.release')),
                    ('release', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='statistics.release')),
                    ('dataset', models.CharField(max_length=16)),
                    ('axes', models.CharField(max_length=200)),
                    ('codes', django.contrib.postgres.fields.ArrayField(base_field=models.TextField())),
                    ('least', django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField())),
                    ('most', django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(null=True))),
                ],
                least_of_codes=models.Q(('codes__len', models.F('least__len'))),
                most_of_codes=models.Q(('codes__len', models.F('most__len'))),
            ),
            migrations.CreateModel(
                name='ScheduledPublication',
                fields=[
                    ('id', models.BigAutoField(primary_key=True, serialize=False)),
                    ('due_at', models.DateTimeField()),
                    ('reason_da', models.CharField(default='', max_length=500)),
                    ('reason_en', models.CharField(default='', max_length=500)),
                    ('scheduled_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                    ('release', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='statistics.release')),
                    ('user', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ('scheduled_at', 'id'),
                    'default_permissions': (),
                },
            ),
            migrations.CreateModel(
                name='AnnouncedDate',
                fields=[
                    ('id', models.BigAutoField(primary_key=True, serialize=False)),
                    ('entry', models.UUIDField(default=uuid.uuid4)),
                    ('sequence', models.PositiveIntegerField(default=0, editable=False)),
                    ('period', models.CharField(blank=True, default='', max_length=16)),
                    ('title_da', models.CharField(blank=True, default='', max_length=120)),
                    ('title_en', models.CharField(blank=True, default='', max_length=120)),
                    ('month', models.DateField()),
                    ('moment', models.DateTimeField(blank=True, null=True)),
                    ('status', models.CharField(default='ANNOUNCED', max_length=16)),
                    ('reason_da', models.CharField(blank=True, default='', max_length=500)),
                    ('reason_en', models.CharField(blank=True, default='', max_length=500)),
                    ('announced_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                    ('user', models.ForeignKey(db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ('-announced_at', '-id'),
                    'default_permissions': ('add', 'view'),
                    'constraints': [models.UniqueConstraint(fields=('entry', 'sequence'), name='announceddate_sequence'), models.CheckConstraint(condition=models.Q(('status__in', ('ANNOUNCED', 'CONFIRMED', 'POSTPONED', 'CANCELLED', 'PUBLISHED'))), name='announceddate_status_code'), models.CheckConstraint(condition=models.Q(('month__day', 1)), name='announceddate_first_day'), models.CheckConstraint(condition=models.Q(models.Q(('period', ''), ('title_da__regex', '\\S'), ('title_en__regex', '\\S')), models.Q(models.Q(('period', ''), _negated=True), ('title_da', ''), ('title_en', '')), _connector='OR'), name='announceddate_period_or_title'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'CONFIRMED'), _negated=True), ('moment__isnull', False), _connector='OR'), name='announceddate_confirmed_exactly'), models.CheckConstraint(condition=models.Q(models.Q(('status__in', ('POSTPONED', 'CANCELLED')), _negated=True), models.Q(('reason_da__regex', '\\S'), ('reason_en__regex', '\\S')), _connector='OR'), name='announceddate_reasons'), models.CheckConstraint(condition=models.Q(('title_da__regex', '^[ -~¡-¬®-±´-¸º»¿-ſ–—‘-‚“-„…€]*$'), ('title_en__regex', '^[ -~¡-¬®-±´-¸º»¿-ſ–—‘-‚“-„…€]*$'), ('reason_da__regex', '^[ -~¡-¬®-±´-¸º»¿-ſ–—‘-‚“-„…€]*$'), ('reason_en__regex', '^[ -~¡-¬®-±´-¸º»¿-ſ–—‘-‚“-„…€]*$')), name='announceddate_one_line'), models.CheckConstraint(condition=models.Q(('title_da__regex', '^(?:[^0-9]|(?:20[0-9][0-9](?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01]))?)?|[1-4]\\. kvartal 20[0-9][0-9]|(?:(?<=Q)|(?<=quarter ))[1-4]|(?:[1-9]|[12][0-9]|3[01])\\.? (?:januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december|January|February|March|April|May|June|July|August|September|October|November|December))(?![0-9]))*$'), ('title_en__regex', '^(?:[^0-9]|(?:20[0-9][0-9](?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01]))?)?|[1-4]\\. kvartal 20[0-9][0-9]|(?:(?<=Q)|(?<=quarter ))[1-4]|(?:[1-9]|[12][0-9]|3[01])\\.? (?:januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december|January|February|March|April|May|June|July|August|September|October|November|December))(?![0-9]))*$'), ('reason_da__regex', '^(?:[^0-9]|(?:20[0-9][0-9](?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01]))?)?|[1-4]\\. kvartal 20[0-9][0-9]|(?:(?<=Q)|(?<=quarter ))[1-4]|(?:[1-9]|[12][0-9]|3[01])\\.? (?:januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december|January|February|March|April|May|June|July|August|September|October|November|December))(?![0-9]))*$'), ('reason_en__regex', '^(?:[^0-9]|(?:20[0-9][0-9](?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01]))?)?|[1-4]\\. kvartal 20[0-9][0-9]|(?:(?<=Q)|(?<=quarter ))[1-4]|(?:[1-9]|[12][0-9]|3[01])\\.? (?:januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december|January|February|March|April|May|June|July|August|September|October|November|December))(?![0-9]))*$')), name='announceddate_without_figures')],
                },
            ),
            migrations.CreateModel(
                name='PreReleaseAccess',
                fields=[
                    ('id', models.BigAutoField(primary_key=True, serialize=False)),
                    ('roles', models.TextField()),
                    ('may_see', models.BooleanField()),
                    ('looks', models.PositiveIntegerField()),
                    ('release', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='statistics.release')),
                    ('user', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'default_permissions': (),
                    'constraints': [models.UniqueConstraint(fields=('release', 'user'), name='prereleaseaccess_once')],
                },
            ),
            migrations.CreateModel(
                name='ScheduleEnd',
                fields=[
                    ('schedule', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='end', serialize=False, to='statistics.scheduledpublication')),
                    ('outcome', models.CharField(max_length=16)),
                    ('code', models.CharField(default='', max_length=64)),
                    ('ended_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                    ('user', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'default_permissions': (),
                    'constraints': [models.CheckConstraint(condition=models.Q(('outcome__in', ('PUBLISHED', 'TAKEN_BACK', 'FAILED'))), name='scheduleend_outcome_code'), models.CheckConstraint(condition=models.Q(models.Q(('outcome', 'FAILED'), models.Q(('code', ''), _negated=True)), models.Q(models.Q(('outcome', 'FAILED'), _negated=True), ('code', '')), _connector='OR'), name='scheduleend_code_of_failure')],
                },
            ),
            *draft_and_published(
                'DraftSumCoverage', 'PublishedSumCoverage', ('release_id', 'dataset'),
                [
                    ('dataset', models.CharField(max_length=64)),
                    ('due', models.PositiveIntegerField()),
                    ('came', models.PositiveIntegerField()),
                    ('beside', models.PositiveIntegerField()),
                    ('knowing', models.JSONField()),
                    ('release', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='statistics.release')),
                ],
            ),
            *draft_and_published(
                'DraftSumTable', 'PublishedSumTable', ('release_id', 'dataset', 'measure', 'axes'),
                [
                    ('dataset', models.CharField(max_length=64)),
                    ('measure', models.CharField(max_length=64)),
                    ('axes', models.CharField(max_length=200)),
                    ('codes', django.contrib.postgres.fields.ArrayField(base_field=models.TextField())),
                    ('counts', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField())),
                    ('hidden', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list)),
                    ('release', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='statistics.release')),
                ],
                counts_of_codes=models.Q(('codes__len', models.F('counts__len'))),
                shown_or_hidden=models.Q(('codes__overlap', models.F('hidden')), _negated=True),
            ),
            *draft_and_published(
                'DraftSumTold', 'PublishedSumTold', ('release_id', 'of_id', 'dataset', 'measure', 'axes'),
                [
                    ('dataset', models.CharField(max_length=64)),
                    ('measure', models.CharField(max_length=64)),
                    ('axes', models.CharField(max_length=200)),
                    ('codes', django.contrib.postgres.fields.ArrayField(base_field=models.TextField())),
                    ('least', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField())),
                    ('most', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(null=True))),
                    ('of', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='statistics.release')),
                    ('release', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='statistics.release')),
                ],
                least_of_codes=models.Q(('codes__len', models.F('least__len'))),
                most_of_codes=models.Q(('codes__len', models.F('most__len'))),
            ),
            migrations.CreateModel(
                name='SumLeaf',
                fields=[
                    ('pk', models.CompositePrimaryKey('release_id', 'dataset', 'partner_id', 'period', 'marks', 'codes', blank=True, editable=False, primary_key=True, serialize=False)),
                    ('dataset', models.CharField(max_length=64)),
                    ('period', models.DateField()),
                    ('month', models.DateField()),
                    ('marks', models.TextField()),
                    ('codes', models.TextField()),
                    ('value', models.PositiveBigIntegerField()),
                    ('partner', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partners.partner')),
                    ('release', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='statistics.release')),
                    ('sender', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partners.partner')),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(('value__gt', 0)), name='sumleaf_value_above_zero')],
                },
            ),
            migrations.CreateModel(
                name='ReviewSign',
                fields=[
                    ('id', models.BigAutoField(primary_key=True, serialize=False)),
                    ('put_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                    ('release', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='statistics.release')),
                    ('user', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ('id',),
                    'default_permissions': (),
                },
            ),
            migrations.CreateModel(
                name='WithdrawalRequest',
                fields=[
                    ('id', models.BigAutoField(primary_key=True, serialize=False)),
                    ('reason', models.CharField(max_length=1001)),
                    ('asked_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                    ('release', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='statistics.release')),
                    ('user', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ('id',),
                    'default_permissions': (),
                    'constraints': [models.CheckConstraint(condition=models.Q(('reason__regex', '\\S')), name='withdrawalrequest_reason_said')],
                },
            ),
            migrations.CreateModel(
                name='ErratumDecision',
                fields=[
                    ('erratum', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='decision', serialize=False, to='statistics.erratum')),
                    ('approved', models.BooleanField()),
                    ('decided_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                    ('user', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'default_permissions': (),
                },
            ),
            migrations.CreateModel(
                name='OrderFiling',
                fields=[
                    ('order', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='filing', serialize=False, to='statistics.buildorder')),
                    ('filed_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                    ('user', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'default_permissions': (),
                },
            ),
            migrations.CreateModel(
                name='DraftRefusal',
                fields=[
                    ('release', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='refusal', serialize=False, to='statistics.release')),
                    ('reason', models.CharField(max_length=500)),
                    ('refused_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                    ('user', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'default_permissions': (),
                    'constraints': [models.CheckConstraint(condition=models.Q(('reason__regex', '\\S')), name='draftrefusal_reason_said')],
                },
            ),
            migrations.CreateModel(
                name='ReviewSignEnd',
                fields=[
                    ('sign', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='end', serialize=False, to='statistics.reviewsign')),
                    ('ended_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                    ('user', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'default_permissions': (),
                },
            ),
            migrations.CreateModel(
                name='WithdrawalDecision',
                fields=[
                    ('request', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='decision', serialize=False, to='statistics.withdrawalrequest')),
                    ('approved', models.BooleanField()),
                    ('decided_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                    ('user', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'default_permissions': (),
                },
            ),
        ),
        InstallSQL("stats", "seals.sql", digest="1229ee19df4fa0af"),
        InstallSQL("stats", "exact.sql", digest="ac822fb1eff65948"),
        InstallSQL("stats", "publish.sql", digest="16a883f6a9a34bf5"),
        InstallSQL("stats", "grounds.sql", digest="8bb8c311c8189e72"),
        InstallSQL("stats", "withdraw.sql", digest="f7a086f03534ad74"),
        InstallSQL("stats", "facts.sql", digest="96837f8d13b66895"),
        InstallSQL("stats", "erased_counts.sql", digest="52c3f0cc26c37fe1"),
        InstallSQL("stats", "preview.sql", digest="6d4a9877a7a460b5"),
        InstallSQL("stats", "schedule.sql", digest="f1cef735a0f6b7b9"),
        InstallSQL("stats", "calendar.sql", digest="bf8ce7d8d456a37c"),
        InstallSQL("stats", "umbrellas.sql", digest="1074dcb944ca79df"),
        move_to_build(*DRAFTED, *COUNTED, "statistics_erasedknowledge", "statistics_erasedcount", "statistics_proof", "statistics_countedfact"),
        append_only(*FINAL, *CALENDAR),
        append_only(*OF_RECORDS, but=["erase:record"]),
        never_emptied(*FINAL, *CALENDAR, "build.statistics_snapshotrecord"),
        check_insert("sealed", "henvis_seal_draft", *(f"build.{table}" for table in (*DRAFTED, *COUNTED))),
        check_insert("sealed", "henvis_seal_publication", *PUBLISHED, "statistics_prereleaseaccess"),
        check_insert("by_staff", "henvis_check_fact_decision", "statistics_factdecision"),
        check_insert("by_second", "henvis_check_fact_end", "statistics_factdecisionend"),
        check_insert("of_published", "henvis_check_erratum", "statistics_erratum"),
        check_insert("by_another", "henvis_check_erratum_decision", "statistics_erratumdecision"),
        check_insert("of_published", "henvis_check_review_sign", "statistics_reviewsign"),
        check_insert("by_staff", "henvis_check_review_sign_end", "statistics_reviewsignend"),
        check_insert("next_of_entry", "henvis_check_announced_date", "statistics_announceddate"),
        # Of the beginning of their transaction: what was decided or published since a build began is news to it.
        date("statistics_release", "built_at", "begun", HISTORY),
        date("statistics_publication", "published_at", "begun", HISTORY),
        date("statistics_withdrawal", "withdrawn_at", "begun", HISTORY),
        date("statistics_erratum", "written_at", "begun", HISTORY),
        date("statistics_erratumdecision", "decided_at", "begun", HISTORY),
        date("statistics_reviewsign", "put_at", "begun", HISTORY),
        date("statistics_reviewsignend", "ended_at", "begun", HISTORY),
        date("statistics_draftrefusal", "refused_at", "begun", HISTORY),
        date("statistics_withdrawalrequest", "asked_at", "begun", HISTORY),
        date("statistics_withdrawaldecision", "decided_at", "begun", HISTORY),
        date("statistics_orderfiling", "filed_at", "begun", HISTORY),
        date("statistics_factdecision", "decided_at", "begun", HISTORY),
        date("statistics_factdecisionend", "ended_at", "begun", HISTORY),
        date("build.statistics_countedfact", "counted_at", "begun", HISTORY),
        date("statistics_buildorder", "ordered_at", "begun", HISTORY, events="INSERT OR UPDATE OF ordered_at"),
        date("statistics_scheduledpublication", "scheduled_at", "now", HISTORY),
        date("statistics_scheduleend", "ended_at", "now", HISTORY),
        grant(f"SELECT ({OPEN})", "statistics_release"),
        grant("SELECT", *PUBLISHED, "statistics_publication", "statistics_withdrawal", *CALENDAR[1:]),
        grant("SELECT", "statistics_draftrefusal", "statistics_withdrawalrequest", "statistics_withdrawaldecision"),
        grant("SELECT, INSERT", "statistics_erratum", "statistics_factdecision", "statistics_factdecisionend", "statistics_buildorder"),
        grant("SELECT, INSERT", CALENDAR[0], *FINAL[-4:]),
        keep_rows(
            "build.statistics_erasedcount",
            "What releases had counted of persons who were erased is kept in build.statistics_erasedcount: without it they cannot be "
            "verified any more. Empty the table by hand first.",
        ),
    ]
