"""Requests are a unit of indicators, since forms of counts have it."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('plans', '0001_plans'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='planindicator',
            name='planindicator_unit_code',
        ),
        migrations.AddConstraint(
            model_name='planindicator',
            constraint=models.CheckConstraint(condition=models.Q(('unit__in', ['PERSONS', 'PER_CENT', 'VISIT', 'ADDRESS', 'CONTACT', 'ESTIMATE', 'SERVICE', 'SUSPICION', 'REFERRAL', 'DAY', 'PLACE', 'NIGHT', 'STAY', 'REQUEST', 'CALL', 'GRANT', 'RETURN', 'SUSPECT', 'DEFENDANT', 'DECISION', 'JUDGMENT', 'STAFF', 'COURSES', 'CASES', 'KRONER'])), name='planindicator_unit_code'),
        ),
    ]
