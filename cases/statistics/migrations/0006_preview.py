"""Staff see a draft before it is published, and choose its tables among proposals."""
from django.db import migrations, models

import cases.statistics.choices
from partners.install import InstallSQL


class Migration(migrations.Migration):

    dependencies = [
        ('statistics', '0005_told'),
    ]

    operations = [
        InstallSQL("cases/statistics", "preview.sql", digest="1090e734ed927e9b"),
        migrations.AddField(
            model_name='buildorder',
            name='kind',
            field=models.CharField(choices=cases.statistics.choices.order_kinds, default='BUILD', editable=False, max_length=16),
        ),
        migrations.AddField(
            model_name='buildorder',
            name='proposals',
            field=models.JSONField(editable=False, null=True),
        ),
        migrations.AddConstraint(
            model_name='buildorder',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ('BUILD', 'PROPOSE'))), name='buildorder_kind_code'),
        ),
        migrations.AddConstraint(
            model_name='buildorder',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('choice__isnull', True), ('kind', 'PROPOSE'), ('release__isnull', True)), models.Q(('kind', 'BUILD'), ('proposals__isnull', True)), _connector='OR'), name='buildorder_one_answer'),
        ),
    ]
