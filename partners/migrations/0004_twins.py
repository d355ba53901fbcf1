"""The twin of a live partner: its row in test mode, whose client and secrets need no second member of staff."""

import django.db.models.deletion
from django.db import migrations, models

from partners.install import InstallSQL

# Until now both were two rows of the same name.
LINK = """
UPDATE partners_partner AS test SET twin_of_id = live.id FROM partners_partner AS live
WHERE test.mode = 'TEST' AND live.mode = 'LIVE' AND test.name = live.name AND test.kind = live.kind
"""


class Migration(migrations.Migration):

    dependencies = [
        ("partners", "0003_umbrella"),
    ]

    operations = [
        migrations.AddField(
            model_name="partner",
            name="twin_of",
            field=models.OneToOneField(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="twin",
                to="partners.partner",
            ),
        ),
        migrations.AddConstraint(
            model_name="partner",
            constraint=models.CheckConstraint(
                condition=models.Q(("twin_of", None), ("mode", "TEST"), _connector="OR"), name="partner_twin_in_test_mode"
            ),
        ),
        InstallSQL("partners", "access.sql", digest="0b1a384e390e8b71", after="e9e67df46bcb14b7"),
        migrations.RunSQL(LINK, migrations.RunSQL.noop),
    ]
