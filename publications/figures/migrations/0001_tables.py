"""Pictures of charts: the worker writes them, and the web server reads them."""

import django.db.models.functions.datetime
from django.db import migrations, models

from core.install import CreateModels, grant


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ("partners", "0001_tables"),
    ]

    operations = [
        CreateModels(
            migrations.CreateModel(
                name='ChartPicture',
                fields=[
                    ('pk', models.CompositePrimaryKey('answer', 'name', blank=True, editable=False, primary_key=True, serialize=False)),
                    ('answer', models.CharField(max_length=32)),
                    ('name', models.CharField(max_length=200)),
                    ('kind', models.CharField(max_length=16)),
                    ('place', models.PositiveSmallIntegerField()),
                    ('title', models.TextField()),
                    ('alt', models.TextField()),
                    ('svg', models.TextField()),
                    ('portrait', models.TextField()),
                    ('png', models.BinaryField()),
                    ('width', models.PositiveSmallIntegerField()),
                    ('height', models.PositiveSmallIntegerField()),
                    ('drawn_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                    ('unused_since', models.DateTimeField(editable=False, null=True)),
                ],
                options={
                    'ordering': ('answer', 'place'),
                },
            ),
        ),
        grant("SELECT", "figures_chartpicture"),
    ]
