"""Jobs of `intake` wait in three queues, and are begun in turn."""

from django.db import migrations

from partners.install import InstallSQL, steps

JOBS, EVENTS = "procrastinate_jobs", "procrastinate_events"
ONE, THREE = "queue_name = 'intake'", "queue_name IN ('intake', 'large', 'rehearsal')"
BELL = """queue_name = 'upkeep' AND task_name NOT LIKE 'intake.%' AND args = '{}' AND scheduled_at IS NULL
    AND lock = task_name AND queueing_lock = task_name AND priority BETWEEN -10 AND 10"""


def policies(queues: str) -> list[str]:
    """What the web server's role may do with jobs, where those of `intake` are in these queues."""
    of_intake = f"""{queues} AND task_name LIKE 'intake.%'
        AND coalesce(lock, 'intake.') LIKE 'intake.%' AND coalesce(queueing_lock, 'intake.') LIKE 'intake.%'
        AND octet_length(args::text) <= 400"""
    told = f"EXISTS (SELECT FROM {JOBS} j WHERE j.id = job_id AND (j.{queues} OR j.status = 'todo'))"
    return [
        f"ALTER POLICY henvis_asked ON {JOBS} WITH CHECK (({of_intake}) OR ({BELL}))",
        f"ALTER POLICY henvis_worked ON {JOBS} USING ({queues}) WITH CHECK ({of_intake})",
        f"ALTER POLICY henvis_told ON {EVENTS} WITH CHECK ({told})",
    ]


class Migration(migrations.Migration):
    dependencies = [("jobs", "0001_jobs")]

    operations = [
        steps(*policies(THREE), back=policies(ONE)),
        # Of whom a job was begun latest is asked for each lock with a job that waits.
        steps(f"CREATE INDEX henvis_jobs_lock ON {JOBS} (lock)", back=["DROP INDEX henvis_jobs_lock"]),
        InstallSQL("partners/jobs", "jobs.sql", digest="ea7c924711b748b0", after="f54225ea035741cd"),
    ]
