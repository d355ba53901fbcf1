"""What the web server's role may do with jobs: all with those of deliveries; of `upkeep` it may ask for one and look at them.

Jobs of deliveries wait in three queues, and are begun in turn. A worker says which queues it does and how it ended: one that died is
told from one that was stopped in order, and from one that gave up. Of a job that broke there is the class of the error and the line of
code, never its message.
"""

from django.db import migrations, models

from core.install import CreateModels, InstallSQL, grant, steps

JOBS, WORKERS, EVENTS = "procrastinate_jobs", "procrastinate_workers", "procrastinate_events"
FUNCTIONS = (
    "procrastinate_defer_jobs_v1",
    "procrastinate_fetch_job_v2",
    "procrastinate_finish_job_v1",
    "procrastinate_register_worker_v1",
    "procrastinate_unregister_worker_v1",
    "procrastinate_update_heartbeat_v1",
    "procrastinate_prune_stalled_workers_v1",
)
# Triggers that write rows of the library's. They find its tables by name, also where a function of ours has set the path.
WRITING = (
    "procrastinate_trigger_function_status_events_insert_v1",
    "procrastinate_trigger_function_status_events_update_v1",
    "procrastinate_trigger_function_scheduled_events_v1",
    "procrastinate_trigger_abort_requested_events_procedure_v1",
    "procrastinate_unlink_periodic_defers_v1",
)
EVERY_FUNCTION = """
DO $$ DECLARE each regprocedure; BEGIN
    FOR each IN SELECT oid FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND proname LIKE 'procrastinate%' LOOP
        EXECUTE format('{}', each);
    END LOOP;
END $$
"""
QUEUES = "queue_name IN ('intake', 'large', 'rehearsal')"
# A job of `upkeep` is a bell: it says which task and no more, one waits at a time, and none waits for a moment or holds up another.
OF_INTAKE = f"""{QUEUES} AND task_name LIKE 'intake.%'
    AND coalesce(lock, 'intake.') LIKE 'intake.%' AND coalesce(queueing_lock, 'intake.') LIKE 'intake.%'
    AND octet_length(args::text) <= 400"""
BELL = """queue_name = 'upkeep' AND task_name NOT LIKE 'intake.%' AND args = '{}' AND scheduled_at IS NULL
    AND lock = task_name AND queueing_lock = task_name AND priority BETWEEN -10 AND 10"""
POLICIES = {
    ("henvis_seen", JOBS): "FOR SELECT TO henvis_web USING (true)",
    ("henvis_asked", JOBS): f"FOR INSERT TO henvis_web WITH CHECK (({OF_INTAKE}) OR ({BELL}))",
    ("henvis_worked", JOBS): f"FOR UPDATE TO henvis_web USING ({QUEUES}) WITH CHECK ({OF_INTAKE})",
    ("henvis_seen", WORKERS): "FOR SELECT TO henvis_web USING (true)",
    ("henvis_own", WORKERS): "TO henvis_web USING (henvis_role = current_user) WITH CHECK (henvis_role = current_user)",
    ("henvis_seen", EVENTS): "FOR SELECT TO henvis_web USING (true)",
    ("henvis_told", EVENTS): f"FOR INSERT TO henvis_web WITH CHECK (EXISTS (SELECT FROM {JOBS} j "
    f"WHERE j.id = job_id AND (j.{QUEUES} OR j.status = 'todo')))",
}


def add_columns(table, **columns):
    """Columns of ours beside the library's."""
    return steps(
        *(f"ALTER TABLE {table} ADD COLUMN {name} {kind}" for name, kind in columns.items()),
        back=[f"ALTER TABLE {table} DROP COLUMN {name}" for name in columns],
    )


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ("partners", "0001_tables"),
        ("procrastinate", "0041_post_retry_failed_job"),
    ]

    operations = [
        CreateModels(
            migrations.CreateModel(
                name='Job',
                fields=[
                    ('id', models.BigAutoField(primary_key=True, serialize=False)),
                    ('queue_name', models.CharField(max_length=128)),
                    ('task_name', models.CharField(max_length=128)),
                    ('priority', models.IntegerField()),
                    ('lock', models.TextField(null=True)),
                    ('queueing_lock', models.TextField(null=True)),
                    ('args', models.JSONField()),
                    ('status', models.CharField(max_length=32)),
                    ('scheduled_at', models.DateTimeField(null=True)),
                    ('attempts', models.IntegerField()),
                    ('abort_requested', models.BooleanField()),
                    ('worker_id', models.BigIntegerField(null=True)),
                ],
                options={
                    'db_table': 'procrastinate_jobs',
                    'ordering': ('-id',),
                    'managed': False,
                    'default_permissions': ('view',),
                    'permissions': [('manage_intake', 'Manage jobs of intake'), ('manage_upkeep', 'Manage jobs of upkeep')],
                },
            ),
        ),
        # Whose worker it is, so that the web server's role ends none of the owner's.
        add_columns(
            WORKERS,
            henvis_role="name NOT NULL DEFAULT current_user",
            henvis_queues="text[] NOT NULL DEFAULT '{}'",
            henvis_ended="boolean NOT NULL DEFAULT false",
            henvis_gave_up="boolean NOT NULL DEFAULT false",
        ),
        # When a job was begun: of whom one was latest is asked for each that waits, which must not read all that have ended.
        add_columns(
            JOBS,
            henvis_turn="timestamptz",
            henvis_error="varchar(200) NOT NULL DEFAULT ''",
            henvis_where="varchar(200) NOT NULL DEFAULT ''",
        ),
        steps(f"CREATE INDEX henvis_jobs_turn ON {JOBS} (lock, henvis_turn)", back=["DROP INDEX henvis_jobs_turn"]),
        steps(
            *(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY" for table in (JOBS, WORKERS, EVENTS)),
            *(f"CREATE POLICY {name} ON {table} {rule}" for (name, table), rule in POLICIES.items()),
            back=[
                *(f"DROP POLICY {name} ON {table}" for name, table in POLICIES),
                *(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY" for table in (JOBS, WORKERS, EVENTS)),
            ],
        ),
        grant("SELECT", JOBS, WORKERS, EVENTS),
        grant("INSERT (queue_name, task_name, priority, lock, queueing_lock, args, scheduled_at)", JOBS),
        grant(
            "UPDATE (status, worker_id, attempts, scheduled_at, priority, queue_name, lock, abort_requested)", JOBS
        ),
        grant("UPDATE (henvis_turn, henvis_error, henvis_where)", JOBS),
        grant("INSERT (last_heartbeat, henvis_queues), UPDATE (last_heartbeat, henvis_ended, henvis_gave_up), DELETE", WORKERS),
        grant("INSERT (job_id, type, at)", EVENTS),
        grant("USAGE", "SEQUENCE procrastinate_jobs_id_seq", "procrastinate_events_id_seq"),
        steps(
            EVERY_FUNCTION.format("REVOKE ALL ON FUNCTION %s FROM PUBLIC"),
            *(f"GRANT EXECUTE ON FUNCTION {each} TO henvis_web" for each in FUNCTIONS),
            *(f"ALTER FUNCTION {each}() SET search_path = public, pg_catalog, pg_temp" for each in WRITING),
            back=[
                *(f"ALTER FUNCTION {each}() RESET search_path" for each in WRITING),
                *(f"REVOKE ALL ON FUNCTION {each} FROM henvis_web" for each in FUNCTIONS),
                EVERY_FUNCTION.format("GRANT EXECUTE ON FUNCTION %s TO PUBLIC"),
            ],
        ),
        InstallSQL("partners/jobs", "jobs.sql", digest="513752a1597f829b"),
    ]
