"""The reason of a withdrawal has room for both languages."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("statistics", "0009_umbrellas"),
    ]

    operations = [
        migrations.AlterField(
            model_name="withdrawal",
            name="reason",
            field=models.CharField(max_length=1001),
        ),
    ]
