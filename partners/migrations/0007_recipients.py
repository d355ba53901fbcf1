"""For whom an invitation is, as the member of staff wrote it who asked for it. An erasure takes it from the request."""

from django.db import migrations, models

from partners.install import change_append_only


class Migration(migrations.Migration):

    dependencies = [
        ('partners', '0006_audit_by_subject'),
    ]

    operations = [
        migrations.AddField(
            model_name='accessrequest',
            name='recipient',
            field=models.CharField(blank=True, default='', max_length=80),
        ),
        change_append_only(["erase:recipient"], "partners_accessrequest"),
    ]
