-- Jobs: what the web server's role may do with them beside what its policies say (`partners/jobs/migrations/0001_jobs.py`).
--
-- The tables and the functions `procrastinate_…` are the library's.

-- Begins the job whose turn it is: of the first queue that has one, and of those with the highest priority. Of jobs with one
-- lock one runs at a time, and those with other locks have their turn before the next. One that waits for its moment, as
-- after a failure, holds up none. Returns the job; no row where none can be begun. What that takes does not grow with the jobs
-- that have ended.
-- Called by: a worker. With the rights of who calls.
-- Raises: nothing.
CREATE OR REPLACE FUNCTION henvis_begin_job(queues text[], worker bigint)
RETURNS SETOF public.procrastinate_jobs
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    -- One worker at a time, so that each sees what the others have begun. No lock is of both rights: the owner's waits for
    -- none of the others.
    PERFORM pg_advisory_xact_lock(hashtext('henvis_begin_job'), ('upkeep' = ANY (queues))::integer);
    RETURN QUERY
    UPDATE public.procrastinate_jobs SET status = 'doing', worker_id = worker, henvis_turn = clock_timestamp()
    WHERE id = (
        SELECT j.id FROM public.procrastinate_jobs j
        WHERE j.status = 'todo' AND j.queue_name = ANY (queues) AND coalesce(j.scheduled_at <= clock_timestamp(), true)
            AND NOT EXISTS (SELECT FROM public.procrastinate_jobs r WHERE r.lock = j.lock AND r.status = 'doing')
        ORDER BY array_position(queues, j.queue_name::text), j.priority DESC, (
            SELECT max(o.henvis_turn) FROM public.procrastinate_jobs o WHERE o.lock = j.lock
        ) NULLS FIRST, j.id
        LIMIT 1 FOR UPDATE OF j SKIP LOCKED
    )
    RETURNING *;
END
$$;
REVOKE ALL ON FUNCTION henvis_begin_job FROM PUBLIC;
GRANT EXECUTE ON FUNCTION henvis_begin_job TO henvis_web;

-- Has a job wait again that was begun, until a moment or for nothing. What was begun `most` times has failed, and what staff
-- have cancelled meanwhile has ended. So has one where another with the same queueing lock waits, which does the work.
-- Called by: a worker whose job failed, and `henvis_resume_jobs`. With the rights of who calls: the web server's role reaches
-- `intake` alone.
-- Raises: nothing.
CREATE OR REPLACE FUNCTION henvis_put_back(job bigint, moment timestamptz, most integer)
RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    UPDATE public.procrastinate_jobs
    SET status = CASE
            WHEN abort_requested THEN 'aborted'
            WHEN attempts + 1 < most THEN 'todo'
            ELSE 'failed'
        END::public.procrastinate_job_status,
        attempts = attempts + 1, scheduled_at = moment, abort_requested = false, worker_id = NULL
    WHERE id = job AND status = 'doing';
EXCEPTION WHEN unique_violation THEN
    UPDATE public.procrastinate_jobs
    SET status = 'aborted', attempts = attempts + 1, abort_requested = false, worker_id = NULL
    WHERE id = job AND status = 'doing';
END
$$;
REVOKE ALL ON FUNCTION henvis_put_back FROM PUBLIC;
GRANT EXECUTE ON FUNCTION henvis_put_back TO henvis_web;

-- Puts back what ended workers have begun: those that are gone, or have given no sign of life for 30 seconds. Returns how many
-- jobs that were.
-- Called by: a worker, when it begins and while it runs. With the rights of who calls.
-- Raises: nothing.
CREATE OR REPLACE FUNCTION henvis_resume_jobs(queues text[], most integer)
RETURNS integer
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    each bigint;
    number integer := 0;
BEGIN
    -- One at a time, each with a look of its own: what another has put back may run by now.
    PERFORM pg_advisory_xact_lock(hashtext('henvis_resume_jobs'));
    FOR each IN
        SELECT id FROM public.procrastinate_jobs j
        WHERE status = 'doing' AND queue_name = ANY (queues) AND NOT EXISTS (
            SELECT FROM public.procrastinate_workers w
            WHERE w.id = j.worker_id AND w.last_heartbeat >= clock_timestamp() - interval '30 seconds'
        )
        ORDER BY id FOR UPDATE
    LOOP
        PERFORM public.henvis_put_back(each, NULL, most);
        number := number + 1;
    END LOOP;
    RETURN number;
END
$$;
REVOKE ALL ON FUNCTION henvis_resume_jobs FROM PUBLIC;
GRANT EXECUTE ON FUNCTION henvis_resume_jobs TO henvis_web;

-- Cancels a job: one that waits will not begin, one that runs is asked to end. Returns whether there was such a job.
-- Called by: the screen of jobs.
-- Raises: nothing.
CREATE OR REPLACE FUNCTION henvis_cancel_job(job bigint)
RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    UPDATE public.procrastinate_jobs
    SET status = CASE status WHEN 'todo' THEN 'cancelled' ELSE status END, abort_requested = (status = 'doing')
    WHERE id = job AND status IN ('todo', 'doing');
    RETURN FOUND;
END
$$;
REVOKE ALL ON FUNCTION henvis_cancel_job FROM PUBLIC;
GRANT EXECUTE ON FUNCTION henvis_cancel_job TO henvis_web;

-- Has a job begun again that failed or was cancelled, as often as a new one. Of those that wait with the same queueing lock
-- there is one: where another waits, that one does the work. Returns whether it waits now.
-- Called by: the screen of jobs.
-- Raises: nothing.
CREATE OR REPLACE FUNCTION henvis_retry_job(job bigint)
RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    queue text;
BEGIN
    UPDATE public.procrastinate_jobs
    SET status = 'todo', attempts = 0, scheduled_at = NULL, abort_requested = false, worker_id = NULL
    WHERE id = job AND status IN ('failed', 'cancelled', 'aborted')
    RETURNING queue_name INTO queue;
    IF queue IS NOT NULL THEN
        PERFORM pg_notify(
            'procrastinate_queue_v1#' || queue, json_build_object('type', 'job_inserted', 'job_id', job)::text
        );
    END IF;
    RETURN queue IS NOT NULL;
EXCEPTION WHEN unique_violation THEN
    RETURN false;
END
$$;
REVOKE ALL ON FUNCTION henvis_retry_job FROM PUBLIC;
GRANT EXECUTE ON FUNCTION henvis_retry_job TO henvis_web;
