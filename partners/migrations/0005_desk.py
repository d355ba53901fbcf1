"""The client through which people of a partner act on the desk, and who of them has read."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from partners.install import InstallSQL


class Migration(migrations.Migration):

    dependencies = [
        ('partners', '0004_twins'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='client',
            name='is_desk',
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.AddField(
            model_name='recordread',
            name='user',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='client',
            constraint=models.UniqueConstraint(condition=models.Q(('is_desk', True)), fields=('partner',), name='client_one_desk'),
        ),
        InstallSQL("partners", "access.sql", digest="f2f0cb8728b3cfe1", after="0b1a384e390e8b71"),
    ]
