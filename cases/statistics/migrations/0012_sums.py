"""Sums of counts in releases: tables, what is told of hidden cells, coverage, and the reports that a release counted."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

from partners.install import InstallSQL, append_only, check_insert, grant, move_to_build, never_emptied, steps

DRAFTED = (
    "statistics_draftsumtable", "statistics_draftsumtold", "statistics_draftsumcoverage", "statistics_sumleaf",
)
PUBLISHED = ("statistics_publishedsumtable", "statistics_publishedsumtold", "statistics_publishedsumcoverage")
BUILT = tuple(f"build.{table}" for table in DRAFTED)


class Migration(migrations.Migration):

    dependencies = [
        ('partners', '0007_recipients'),
        ('statistics', '0011_refusals_say_what_next'),
    ]

    operations = [
        migrations.CreateModel(
            name='DraftSumCoverage',
            fields=[
                ('pk', models.CompositePrimaryKey('release_id', 'dataset', blank=True, editable=False, primary_key=True, serialize=False)),
                ('dataset', models.CharField(max_length=64)),
                ('due', models.PositiveIntegerField()),
                ('came', models.PositiveIntegerField()),
                ('beside', models.PositiveIntegerField()),
                ('knowing', models.JSONField()),
                ('release', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='statistics.release')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PublishedSumCoverage',
            fields=[
                ('pk', models.CompositePrimaryKey('release_id', 'dataset', blank=True, editable=False, primary_key=True, serialize=False)),
                ('dataset', models.CharField(max_length=64)),
                ('due', models.PositiveIntegerField()),
                ('came', models.PositiveIntegerField()),
                ('beside', models.PositiveIntegerField()),
                ('knowing', models.JSONField()),
                ('release', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='statistics.release')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='DraftSumTable',
            fields=[
                ('pk', models.CompositePrimaryKey('release_id', 'dataset', 'measure', 'axes', blank=True, editable=False, primary_key=True, serialize=False)),
                ('dataset', models.CharField(max_length=64)),
                ('measure', models.CharField(max_length=64)),
                ('axes', models.CharField(max_length=200)),
                ('codes', django.contrib.postgres.fields.ArrayField(base_field=models.TextField())),
                ('counts', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField())),
                ('hidden', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list)),
                ('release', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='statistics.release')),
            ],
            options={
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('codes__len', models.F('counts__len'))), name='draftsumtable_counts_of_codes'), models.CheckConstraint(condition=models.Q(('codes__overlap', models.F('hidden')), _negated=True), name='draftsumtable_shown_or_hidden')],
            },
        ),
        migrations.CreateModel(
            name='DraftSumTold',
            fields=[
                ('pk', models.CompositePrimaryKey('release_id', 'of_id', 'dataset', 'measure', 'axes', blank=True, editable=False, primary_key=True, serialize=False)),
                ('dataset', models.CharField(max_length=64)),
                ('measure', models.CharField(max_length=64)),
                ('axes', models.CharField(max_length=200)),
                ('codes', django.contrib.postgres.fields.ArrayField(base_field=models.TextField())),
                ('least', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField())),
                ('most', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(null=True))),
                ('of', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='statistics.release')),
                ('release', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='statistics.release')),
            ],
            options={
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('codes__len', models.F('least__len'))), name='draftsumtold_least_of_codes'), models.CheckConstraint(condition=models.Q(('codes__len', models.F('most__len'))), name='draftsumtold_most_of_codes')],
            },
        ),
        migrations.CreateModel(
            name='PublishedSumTable',
            fields=[
                ('pk', models.CompositePrimaryKey('release_id', 'dataset', 'measure', 'axes', blank=True, editable=False, primary_key=True, serialize=False)),
                ('dataset', models.CharField(max_length=64)),
                ('measure', models.CharField(max_length=64)),
                ('axes', models.CharField(max_length=200)),
                ('codes', django.contrib.postgres.fields.ArrayField(base_field=models.TextField())),
                ('counts', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField())),
                ('hidden', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list)),
                ('release', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='statistics.release')),
            ],
            options={
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('codes__len', models.F('counts__len'))), name='publishedsumtable_counts_of_codes'), models.CheckConstraint(condition=models.Q(('codes__overlap', models.F('hidden')), _negated=True), name='publishedsumtable_shown_or_hidden')],
            },
        ),
        migrations.CreateModel(
            name='PublishedSumTold',
            fields=[
                ('pk', models.CompositePrimaryKey('release_id', 'of_id', 'dataset', 'measure', 'axes', blank=True, editable=False, primary_key=True, serialize=False)),
                ('dataset', models.CharField(max_length=64)),
                ('measure', models.CharField(max_length=64)),
                ('axes', models.CharField(max_length=200)),
                ('codes', django.contrib.postgres.fields.ArrayField(base_field=models.TextField())),
                ('least', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField())),
                ('most', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(null=True))),
                ('of', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='statistics.release')),
                ('release', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='statistics.release')),
            ],
            options={
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('codes__len', models.F('least__len'))), name='publishedsumtold_least_of_codes'), models.CheckConstraint(condition=models.Q(('codes__len', models.F('most__len'))), name='publishedsumtold_most_of_codes')],
            },
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
        move_to_build(*DRAFTED),
        append_only(*BUILT, *PUBLISHED),
        never_emptied(*BUILT, *PUBLISHED),
        check_insert("sealed", "henvis_seal_draft", *BUILT),
        check_insert("sealed", "henvis_seal_publication", *PUBLISHED),
        grant("SELECT", *PUBLISHED),
        # Its rows have other columns now, which no function may be given anew.
        steps("DROP FUNCTION henvis_preview(text, integer)", back=["SELECT"]),
        InstallSQL("cases/statistics", "preview.sql", digest="7e5ef1b3221a4107", after="74b153734404b1a2"),
        InstallSQL("cases/statistics", "publish.sql", digest="356506b70e09b98b", after="2224db62d1cb67d9"),
    ]
