"""The database takes any partner for one that has stored a two-hundredth of all referrals, and counts none of them.

The list of cases, real ones first and then by the day on which they were opened, is read in the order of an index.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models
from django.db.migrations.operations.base import Operation

from partners.install import steps


class Migration(migrations.Migration):
    """Ends the counting, and forgets what was counted where PostgreSQL can (from 18 on)."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("cases", "0003_agreement")]
    operations: ClassVar[list[Operation]] = [
        # It would take a partner that it has not counted yet for one without rows. Any index that begins with partners then seems
        # better than the one that finds a reference, and each lookup reads all rows of the partner.
        steps(
            "ALTER TABLE cases_referral ALTER COLUMN partner_id SET STATISTICS 0",
            """
            DO $$ BEGIN
                IF current_setting('server_version_num')::int >= 180000 THEN
                    PERFORM pg_clear_attribute_stats('public', 'cases_referral', 'partner_id', false);
                END IF;
            END $$
            """,
            back=["ALTER TABLE cases_referral ALTER COLUMN partner_id SET STATISTICS DEFAULT"],
        ),
        migrations.AddIndex("case", models.Index(fields=["test", "-opened_at"], name="case_opened_at")),
    ]
