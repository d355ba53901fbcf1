"""The address of a service is stored no longer than it holds, and staff take one down.

An address that was replaced goes, and so does one that the rule refuses from now on: its partner says it anew, without what else it
said. The rule is checked for all rows afterwards, so none is left that breaks it.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from partners.install import InstallSQL, change_append_only, steps

RULE = (
    '[^ 0-9A-Za-zÀ-ſ.,:;\'’"/()&–-]|[0-9]{5}|([0-9][^0-9A-Za-zÀ-ſ,]*){8}|([0-9][^0-9A-Za-zÀ-ſ]*){8}$'
    '|[0-9]{2}([^0-9A-Za-zÀ-ſ]+[0-9]{2}){3}(?![0-9])'
)
EMPTY = f"""UPDATE notices_servicestatus s SET address = '' WHERE s.address <> '' AND (s.address ~ '{RULE.replace("'", "''")}' OR EXISTS (
    SELECT FROM notices_servicestatus later
    WHERE later.partner_id = s.partner_id AND later.place = s.place AND later.region = s.region AND later.id > s.id
))"""


class Migration(migrations.Migration):
    dependencies = [
        ("notices", "0001_notices"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='servicestatus',
            name='address_taken_by',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterModelOptions(
            name='servicestatus',
            options={'default_permissions': ('view',), 'ordering': ('id',), 'permissions': [('take_address_down', 'Can take down addresses of services')]},
        ),
        InstallSQL("cases/notices", "notices.sql", digest="be3fb7fe827b1dfa", after="91a7bc87793b07d5"),
        # What a partner in test mode said is emptied with all that it sent, and an address goes from what holds no longer.
        change_append_only(["erase"], "notices_acknowledgement"),
        change_append_only(["erase", "erase:address", "erase:address_taken_by_id"], "notices_servicestatus"),
        migrations.RemoveConstraint(model_name='servicestatus', name='servicestatus_address_plain'),
        # No check waits for the end of the transaction, as a table of which one waits cannot be altered.
        steps("SET CONSTRAINTS ALL IMMEDIATE", "SET LOCAL henvis.erase = 'on'", EMPTY, "SET LOCAL henvis.erase = 'off'"),
        migrations.AddConstraint(
            model_name='servicestatus',
            constraint=models.CheckConstraint(condition=models.Q(('address__regex', RULE), _negated=True), name='servicestatus_address_plain'),
        ),
    ]
