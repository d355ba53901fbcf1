-- Publication at a set time. Approvers say beforehand when a draft is published; a program on the server publishes it then, in
-- their name. Until that moment the draft is closed as every draft is, and any approver may take the schedule back.
--
-- Nothing of a schedule changes: its approvals and its end are rows of their own. It is open until it has an end. Only one is
-- open at a time, since each publication makes the proofs of all other drafts stale.

-- Returns the schedule that is open. There is none, or one.
-- Called by: functions that publish and schedule, and the program on the server that publishes.
-- Raises: nothing.
CREATE OR REPLACE FUNCTION henvis_open_schedule()
RETURNS SETOF statistics_scheduledpublication
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT s.* FROM public.statistics_scheduledpublication s
    WHERE NOT EXISTS (SELECT FROM public.statistics_scheduleend e WHERE e.schedule_id = s.id)
$$;
REVOKE ALL ON FUNCTION henvis_open_schedule FROM PUBLIC;

-- Approves a schedule in the name of a member of staff, and wakes the program that publishes. Whoever had the release built
-- approves none of it, and nobody approves twice.
-- Called by: `henvis_schedule` and `henvis_approve_schedule`, which hold the lock and know that the right is there.
-- Raises: SCHEDULE_PAST, SCHEDULE_APPROVED_BY_SAME, and what `henvis_check_draft` and `henvis_check_two_persons` raise.
CREATE OR REPLACE FUNCTION henvis_add_approval(schedule bigint, staff integer)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    plan public.statistics_scheduledpublication;
BEGIN
    SELECT * INTO plan FROM public.statistics_scheduledpublication WHERE id = schedule;
    IF plan.due_at <= clock_timestamp() THEN
        PERFORM public.henvis_refuse('SCHEDULE_PAST', 'That time has passed. Choose a later one.');
    END IF;
    PERFORM public.henvis_check_draft(plan.release_id);
    PERFORM public.henvis_check_two_persons(plan.release_id, staff);
    IF EXISTS (SELECT FROM public.statistics_scheduleapproval WHERE schedule_id = schedule AND user_id = staff) THEN
        PERFORM public.henvis_refuse(
            'SCHEDULE_APPROVED_BY_SAME', 'You have approved the plan already. Ask another approver for the second approval.'
        );
    END IF;

    INSERT INTO public.statistics_scheduleapproval (schedule_id, user_id) VALUES (schedule, staff);
    PERFORM pg_notify('henvis_schedule', '');
END $$;
REVOKE ALL ON FUNCTION henvis_add_approval FROM PUBLIC;

-- Plans to publish a draft at a moment, with the first approval and its audit event. Returns the schedule. A second approver is
-- needed before the moment.
-- Called by: the web server's role.
-- Raises: ANOTHER_SCHEDULED, and what `henvis_begin_approval` and `henvis_add_approval` raise.
CREATE OR REPLACE FUNCTION henvis_schedule(release text, due timestamptz, staff integer)
RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    other text;
    schedule bigint;
BEGIN
    PERFORM public.henvis_begin_approval(staff);
    PERFORM public.henvis_check_draft(release);
    SELECT release_id INTO other FROM public.henvis_open_schedule();
    IF other IS NOT NULL THEN
        PERFORM public.henvis_refuse(
            'ANOTHER_SCHEDULED',
            '%s is scheduled already, and one release can wait at a time. Cancel its plan, or wait until it is published.',
            other
        );
    END IF;

    INSERT INTO public.statistics_scheduledpublication (release_id, due_at, user_id)
    VALUES (release, due, staff) RETURNING id INTO schedule;
    PERFORM public.henvis_add_approval(schedule, staff);
    PERFORM public.henvis_audit(
        NULL, staff, 'release.schedule', release, jsonb_build_object('schedule', schedule, 'due_at', due)
    );
    RETURN schedule;
END $$;
REVOKE ALL ON FUNCTION henvis_schedule FROM PUBLIC;
GRANT EXECUTE ON FUNCTION henvis_schedule TO henvis_web;

-- Returns the release of an open schedule.
-- Called by: `henvis_approve_schedule` and `henvis_take_back`, which hold the lock.
-- Raises: NO_OPEN_SCHEDULE.
CREATE OR REPLACE FUNCTION henvis_release_of_schedule(schedule bigint)
RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    release text;
BEGIN
    SELECT release_id INTO release FROM public.henvis_open_schedule() WHERE id = schedule;
    IF release IS NULL THEN
        PERFORM public.henvis_refuse(
            'NO_OPEN_SCHEDULE', 'There is no such plan any more: the release is published, or the plan was cancelled.'
        );
    END IF;
    RETURN release;
END $$;
REVOKE ALL ON FUNCTION henvis_release_of_schedule FROM PUBLIC;

-- Approves a schedule as one more person, with the audit event.
-- Called by: the web server's role.
-- Raises: what `henvis_begin_approval`, `henvis_release_of_schedule` and `henvis_add_approval` raise.
CREATE OR REPLACE FUNCTION henvis_approve_schedule(schedule bigint, staff integer)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    release text;
BEGIN
    PERFORM public.henvis_begin_approval(staff);
    release := public.henvis_release_of_schedule(schedule);
    PERFORM public.henvis_add_approval(schedule, staff);
    PERFORM public.henvis_audit(
        NULL, staff, 'release.schedule_approve', release, jsonb_build_object('schedule', schedule)
    );
END $$;
REVOKE ALL ON FUNCTION henvis_approve_schedule FROM PUBLIC;
GRANT EXECUTE ON FUNCTION henvis_approve_schedule TO henvis_web;

-- Takes a schedule back, with the audit event. Every approver may, whoever approved, until the draft is published.
-- Called by: the web server's role.
-- Raises: what `henvis_begin_approval` and `henvis_release_of_schedule` raise.
CREATE OR REPLACE FUNCTION henvis_take_back(schedule bigint, staff integer)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    release text;
BEGIN
    PERFORM public.henvis_begin_approval(staff);
    release := public.henvis_release_of_schedule(schedule);
    INSERT INTO public.statistics_scheduleend (schedule_id, outcome, code, user_id)
    VALUES (schedule, 'TAKEN_BACK', '', staff);
    PERFORM public.henvis_audit(
        NULL, staff, 'release.schedule_take_back', release, jsonb_build_object('schedule', schedule)
    );
    PERFORM pg_notify('henvis_schedule', '');
END $$;
REVOKE ALL ON FUNCTION henvis_take_back FROM PUBLIC;
GRANT EXECUTE ON FUNCTION henvis_take_back TO henvis_web;

-- Publishes what a schedule says, in the name of its first approver. It asks everything anew: two approvers who still have the
-- right, neither of whom had the release built, and a proof that is not stale. What it refuses ends the schedule with the
-- reason, and nothing of the draft is published. Returns null for what was published, else the code of the refusal. A schedule
-- that has an end stays as it is.
-- Called by: the program on the server that publishes, with the owner's role.
-- Raises: SCHEDULE_NOT_DUE, and what `henvis_lock_publishing` raises. SCHEDULE_NOT_APPROVED, and what `henvis_make_public`
-- raises, end the schedule.
CREATE OR REPLACE FUNCTION henvis_publish_due(schedule bigint)
RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    plan public.statistics_scheduledpublication;
    approvers integer[];
    code text;
BEGIN
    PERFORM public.henvis_lock_publishing();
    SELECT * INTO plan FROM public.henvis_open_schedule() WHERE id = schedule;
    IF plan.id IS NULL THEN
        RETURN (SELECT nullif(e.code, '') FROM public.statistics_scheduleend e WHERE e.schedule_id = schedule);
    END IF;
    -- The moment of a publication is the beginning of its transaction.
    IF transaction_timestamp() < plan.due_at THEN
        PERFORM public.henvis_refuse(
            'SCHEDULE_NOT_DUE', 'The time has not come. The release is published by itself when it comes.'
        );
    END IF;

    BEGIN
        approvers := ARRAY(
            SELECT a.user_id FROM public.statistics_scheduleapproval a
            JOIN public.statistics_release r ON r.id = plan.release_id AND r.user_id <> a.user_id
            WHERE a.schedule_id = schedule AND public.henvis_staff_may(a.user_id, 'statistics', 'approve_release')
            ORDER BY a.id
        );
        IF cardinality(approvers) < 2 THEN
            PERFORM public.henvis_refuse(
                'SCHEDULE_NOT_APPROVED',
                'At its time %s was not approved by two persons who were still approvers. Schedule it again.',
                plan.release_id
            );
        END IF;
        PERFORM public.henvis_make_public(
            plan.release_id, approvers[1],
            jsonb_build_object('schedule', schedule, 'due_at', plan.due_at, 'approved_by', approvers)
        );
    EXCEPTION WHEN SQLSTATE 'HE001' THEN
        GET STACKED DIAGNOSTICS code = PG_EXCEPTION_DETAIL;
        PERFORM public.henvis_audit(
            NULL, NULL, 'release.schedule_fail', plan.release_id, jsonb_build_object('schedule', schedule, 'code', code)
        );
    END;
    INSERT INTO public.statistics_scheduleend (schedule_id, outcome, code)
    VALUES (schedule, CASE WHEN code IS NULL THEN 'PUBLISHED' ELSE 'FAILED' END, coalesce(code, ''));
    RETURN code;
END $$;
REVOKE ALL ON FUNCTION henvis_publish_due FROM PUBLIC;
