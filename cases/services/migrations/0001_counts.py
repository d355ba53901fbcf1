"""Count reports. The web server's role adds versions and ends the one before; nothing else of them changes."""

import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models

from partners.install import InstallSQL, append_only, change_append_only, check_at_commit, date_versions, change_date_versions, grant, steps

TABLE = "services_countreport"
# Of a database of invented records, whose history is made up, this table has a row.
HISTORY = "history:public.cases_inventeddata"


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('cases', '0003_agreement'),
        ('organisations', '0001_life'),
        ('partners', '0006_audit_by_subject'),
        migrations.swappable_dependency(settings.OAUTH2_PROVIDER_APPLICATION_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CountReport',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('form', models.CharField(max_length=32)),
                ('form_version', models.CharField(max_length=8)),
                ('period', models.DateField()),
                ('version', models.PositiveIntegerField()),
                ('content', models.JSONField()),
                ('recorded_at', models.DateTimeField()),
                ('superseded_at', models.DateTimeField(null=True)),
                ('client', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to=settings.OAUTH2_PROVIDER_APPLICATION_MODEL)),
                ('partner', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='partners.partner')),
            ],
            options={
                'default_permissions': (),
                'indexes': [models.Index(models.F('form'), models.F('period'), condition=models.Q(('superseded_at', None)), name='countreport_period')],
                'constraints': [models.UniqueConstraint(fields=('partner', 'form', 'period', 'version'), name='countreport_version'), models.UniqueConstraint(condition=models.Q(('superseded_at', None)), fields=('partner', 'form', 'period'), name='countreport_current'), models.CheckConstraint(condition=models.Q(('version__gte', 1)), name='countreport_version_from_1'), models.CheckConstraint(condition=models.Q(('superseded_at__gte', models.F('recorded_at'))), name='countreport_superseded_later')],
            },
        ),
        InstallSQL("cases/services", "counts.sql", digest="16b85965ab3ab40c"),
        append_only(TABLE),
        change_append_only(["superseded_at", "erase"], TABLE),
        check_at_commit("succeeded", "henvis_check_count_succession", TABLE),
        date_versions(TABLE),
        change_date_versions([HISTORY], TABLE),
        steps(
            f"CREATE TRIGGER agreed AFTER INSERT ON {TABLE} REFERENCING NEW TABLE AS added "
            "FOR EACH STATEMENT EXECUTE FUNCTION henvis_check_agreed()"
        ),
        grant("SELECT, INSERT", TABLE),
        grant("UPDATE (superseded_at)", TABLE),
    ]
