"""The address of a service goes when it is replaced or its partner is closed, and staff take one down.

An address that was replaced or is of a closed partner goes, and so does one that the rule refuses from now on: its partner says it
anew, without what else it said. The rule is checked for all rows afterwards, so none is left that breaks it.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from partners.install import InstallSQL, change_append_only, steps, trigger

RULE = (
    '(?i)[^ 0-9A-Za-zÀ-ſ.,:;\'’"/()&–-]|[0-9]{5}|([0-9][^0-9A-Za-zÀ-ſ,]*){8}|([0-9][^0-9A-Za-zÀ-ſ]*){8}$'
    '|[0-9]{2}([^0-9A-Za-zÀ-ſ–-]+[0-9]{2}){3}(?![0-9])'
    '|(^|[^A-Za-zÀ-ſ])((tlf|telefon|mobil)(nr|nummer)?|tel|ring|e?mail|www|c/o)([^A-Za-zÀ-ſ]|$)'
    '|://|[(]a[)]|[0-9A-Za-zÀ-ſ-][.](dk|com|net|org)([^A-Za-zÀ-ſ]|$)'
)
EMPTY = f"""UPDATE notices_servicestatus s SET address = '' WHERE s.address <> '' AND (s.address ~ '{RULE.replace("'", "''")}' OR EXISTS (
    SELECT FROM partners_partner p WHERE p.id = s.partner_id AND NOT p.active
) OR EXISTS (
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
        InstallSQL("cases/notices", "notices.sql", digest="ac4690f6779576d7", after="91a7bc87793b07d5"),
        trigger("empty_addresses", "BEFORE UPDATE OF active", "henvis_empty_addresses()", "partners_partner"),
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
