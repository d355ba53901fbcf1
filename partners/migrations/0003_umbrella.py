"""The umbrella organisation of a partner, which staff set."""

from django.db import migrations, models

from partners.install import grant


class Migration(migrations.Migration):

    dependencies = [
        ("partners", "0002_words_of_triggers"),
    ]

    operations = [
        migrations.AddField(
            model_name="partner",
            name="umbrella",
            field=models.CharField(blank=True, default="", max_length=120),
        ),
        migrations.AddConstraint(
            model_name="partner",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind", "CENTRE"), _negated=True) | models.Q(("umbrella", "")),
                name="partner_umbrella_of_centre",
            ),
        ),
        grant("UPDATE (umbrella)", "partners_partner"),
    ]
