"""For whom an invitation is, as the manager wrote it who made it."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0002_words_of_triggers'),
    ]

    operations = [
        migrations.AddField(
            model_name='invitation',
            name='recipient',
            field=models.CharField(blank=True, default='', editable=False, max_length=80),
        ),
    ]
