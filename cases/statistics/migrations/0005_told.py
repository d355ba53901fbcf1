"""What everybody is told of hidden cells: one symbol for each table, and intervals for each set of published releases."""
import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

from partners.install import InstallSQL, append_only, check_insert, grant, move_to_build, never_emptied


class Migration(migrations.Migration):

    dependencies = [
        ('statistics', '0004_umbrellas_make_stale'),
    ]

    operations = [
        migrations.CreateModel(
            name='DraftTold',
            fields=[
                ('pk', models.CompositePrimaryKey('release_id', 'of_id', 'dataset', 'axes', blank=True, editable=False, primary_key=True, serialize=False)),
                ('of', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='statistics.release')),
                ('release', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='statistics.release')),
                ('dataset', models.CharField(max_length=16)),
                ('axes', models.CharField(max_length=200)),
                ('codes', django.contrib.postgres.fields.ArrayField(base_field=models.TextField())),
                ('least', django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField())),
                ('most', django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(null=True))),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PublishedTold',
            fields=[
                ('pk', models.CompositePrimaryKey('release_id', 'of_id', 'dataset', 'axes', blank=True, editable=False, primary_key=True, serialize=False)),
                ('of', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='statistics.release')),
                ('release', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='statistics.release')),
                ('dataset', models.CharField(max_length=16)),
                ('axes', models.CharField(max_length=200)),
                ('codes', django.contrib.postgres.fields.ArrayField(base_field=models.TextField())),
                ('least', django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField())),
                ('most', django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(null=True))),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='protectedtable',
            name='symbol',
            field=models.PositiveSmallIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='protectedtable',
            name='within',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list),
        ),
        migrations.AddField(
            model_name='publishedtable',
            name='symbol',
            field=models.PositiveSmallIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='publishedtable',
            name='within',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list),
        ),
        migrations.AddConstraint(
            model_name='protectedtable',
            constraint=models.CheckConstraint(condition=models.Q(('hidden__contains', models.F('within'))), name='protectedtable_within_hidden'),
        ),
        migrations.AddConstraint(
            model_name='protectedtable',
            constraint=models.CheckConstraint(condition=models.Q(('symbol__isnull', False), ('within', []), _connector='OR'), name='protectedtable_within_symbol'),
        ),
        migrations.AddConstraint(
            model_name='publishedtable',
            constraint=models.CheckConstraint(condition=models.Q(('hidden__contains', models.F('within'))), name='publishedtable_within_hidden'),
        ),
        migrations.AddConstraint(
            model_name='publishedtable',
            constraint=models.CheckConstraint(condition=models.Q(('symbol__isnull', False), ('within', []), _connector='OR'), name='publishedtable_within_symbol'),
        ),
        migrations.AddConstraint(
            model_name='drafttold',
            constraint=models.CheckConstraint(condition=models.Q(('codes__len', models.F('least__len'))), name='drafttold_least_of_codes'),
        ),
        migrations.AddConstraint(
            model_name='drafttold',
            constraint=models.CheckConstraint(condition=models.Q(('codes__len', models.F('most__len'))), name='drafttold_most_of_codes'),
        ),
        migrations.AddConstraint(
            model_name='publishedtold',
            constraint=models.CheckConstraint(condition=models.Q(('codes__len', models.F('least__len'))), name='publishedtold_least_of_codes'),
        ),
        migrations.AddConstraint(
            model_name='publishedtold',
            constraint=models.CheckConstraint(condition=models.Q(('codes__len', models.F('most__len'))), name='publishedtold_most_of_codes'),
        ),
        move_to_build("statistics_drafttold"),
        append_only("build.statistics_drafttold", "statistics_publishedtold"),
        never_emptied("build.statistics_drafttold", "statistics_publishedtold"),
        check_insert("sealed", "henvis_seal_draft", "build.statistics_drafttold"),
        check_insert("sealed", "henvis_seal_publication", "statistics_publishedtold"),
        grant("SELECT", "statistics_publishedtold"),
        InstallSQL("cases/statistics", "publish.sql", digest="ef346d466dc63b8c", after="7c1d6fc7e0fd4e1a"),
    ]
