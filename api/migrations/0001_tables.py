"""What the API remembers of a POST, by its Idempotency-Key."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

from core.install import CreateModels, grant


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ("partners", "0001_tables"),
    ]

    operations = [
        CreateModels(
            migrations.CreateModel(
                name='IdempotencyRecord',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('key_digest', models.CharField(max_length=64)),
                    ('fingerprint', models.CharField(max_length=64)),
                    ('status', models.PositiveSmallIntegerField()),
                    ('reference', models.UUIDField()),
                    ('version', models.PositiveIntegerField()),
                    ('created_at', models.DateTimeField(db_index=True)),
                    ('partner', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, to='partners.partner')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('partner', 'key_digest'), name='idempotency_key')],
                },
            ),
        ),
        grant("SELECT, INSERT, DELETE", "api_idempotencyrecord"),
    ]
