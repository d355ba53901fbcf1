"""Names, labels and helps of the staff pages are said in both languages by the pages; the state of the models follows. No SQL."""

from django.db import migrations, models

import cases.choices


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0015_kept_for_others"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="erratum",
            options={"ordering": ("published_at", "id")},
        ),
        migrations.AlterField(
            model_name="attributedecision",
            name="code",
            field=models.CharField(max_length=32),
        ),
        migrations.AlterField(
            model_name="buildorder",
            name="audience",
            field=models.CharField(choices=cases.choices.protected_audiences, max_length=16),
        ),
        migrations.AlterField(
            model_name="buildorder",
            name="change_notes_da",
            field=models.CharField(blank=True, default="", max_length=2000),
        ),
        migrations.AlterField(
            model_name="buildorder",
            name="change_notes_en",
            field=models.CharField(blank=True, default="", max_length=2000),
        ),
        migrations.AlterField(
            model_name="buildorder",
            name="choice",
            field=models.JSONField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name="buildorder",
            name="state",
            field=models.CharField(choices=cases.choices.order_states, default="OPEN", editable=False, max_length=16),
        ),
        migrations.AlterField(
            model_name="duplicatedecision",
            name="decision",
            field=models.CharField(choices=cases.choices.pairs, max_length=16),
        ),
        migrations.AlterField(
            model_name="duplicatedecision",
            name="reason_code",
            field=models.CharField(choices=cases.choices.pair_reasons, max_length=32),
        ),
        migrations.AlterField(
            model_name="erratum",
            name="text_da",
            field=models.CharField(max_length=2000),
        ),
        migrations.AlterField(
            model_name="erratum",
            name="text_en",
            field=models.CharField(max_length=2000),
        ),
        migrations.AlterField(
            model_name="factdecision",
            name="decision",
            field=models.CharField(choices=cases.choices.fact_decisions, max_length=32),
        ),
        migrations.AlterField(
            model_name="factdecision",
            name="fact",
            field=models.CharField(max_length=200),
        ),
        migrations.AlterField(
            model_name="factdecision",
            name="high",
            field=models.PositiveIntegerField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name="release",
            name="audience",
            field=models.CharField(choices=cases.choices.audiences, default="exact", max_length=16),
        ),
        migrations.AlterField(
            model_name="tombstone",
            name="reason_code",
            field=models.CharField(choices=cases.choices.erasure_reasons, max_length=32),
        ),
    ]
