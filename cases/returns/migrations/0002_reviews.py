"""A correction answers what it changes, and staff say what becomes of an answer."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import cases.returns.choices
from partners.install import InstallSQL, change_append_only, check_insert, date, grant


class Migration(migrations.Migration):

    dependencies = [
        ('returns', '0001_rooms'),
        ('windows', '0002_shorter_openings'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ReturnReview',
            fields=[
                ('of', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='review', serialize=False, to='returns.return')),
                ('code', models.CharField(choices=cases.returns.choices.reviews, max_length=32)),
                ('reviewed_at', models.DateTimeField()),
                ('user', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'default_permissions': (),
                'constraints': [models.CheckConstraint(condition=models.Q(('code__in', ['SETTLED', 'ASKED_AGAIN'])), name='returnreview_code')],
            },
        ),
        InstallSQL("cases/returns", "returns.sql", digest="c51d6bc8bdd9fa03", after="33b17338af2dbb22"),
        change_append_only(["erase", "purge"], "returns_returnreview"),
        check_insert("check_review", "henvis_check_return_review", "returns_returnreview"),
        date("returns_returnreview", "reviewed_at"),
        grant("SELECT, INSERT", "returns_returnreview"),
    ]
