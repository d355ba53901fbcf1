-- Publication at a set time. An approver says beforehand when a draft is published; a program on the server publishes it then,
-- in her name. Until that moment the draft is closed as every draft is, and any approver may take the schedule back, or whoever
-- ordered it.
--
-- Nothing of a schedule changes: its end is a row of its own. It is open until it has an end. Only one is
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

-- Plans to publish a draft at a moment, as its approver, with the audit event, and wakes the program that publishes. Returns
-- the schedule. It takes as many persons as publishing now: one who had it built, and another who approves.
-- Called by: the web server's role.
-- Raises: ANOTHER_SCHEDULED, SCHEDULE_PAST, and what `henvis_begin_approval`, `henvis_check_draft`, `henvis_check_not_refused`,
-- `henvis_check_two_persons` and `henvis_check_grounds` raise.
CREATE OR REPLACE FUNCTION henvis_schedule(release text, due timestamptz, staff integer, why_da text, why_en text)
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
        PERFORM public.henvis_refuse('ANOTHER_SCHEDULED', other);
    END IF;
    IF due <= clock_timestamp() THEN
        PERFORM public.henvis_refuse('SCHEDULE_PAST');
    END IF;
    PERFORM public.henvis_check_not_refused(release);
    PERFORM public.henvis_check_two_persons(release, staff);
    PERFORM public.henvis_check_grounds(release, due, why_da, why_en);

    INSERT INTO public.statistics_scheduledpublication (release_id, due_at, user_id, reason_da, reason_en)
    VALUES (release, due, staff, btrim(coalesce(why_da, '')), btrim(coalesce(why_en, ''))) RETURNING id INTO schedule;
    PERFORM public.henvis_audit(
        NULL, staff, 'release.schedule', release, jsonb_build_object('schedule', schedule, 'due_at', due)
    );
    PERFORM pg_notify('henvis_schedule', '');
    RETURN schedule;
END $$;
REVOKE ALL ON FUNCTION henvis_schedule FROM PUBLIC;
GRANT EXECUTE ON FUNCTION henvis_schedule TO henvis_web;

-- Returns the release of an open schedule.
-- Called by: `henvis_take_back`, which holds the lock.
-- Raises: NO_OPEN_SCHEDULE.
CREATE OR REPLACE FUNCTION henvis_release_of_schedule(schedule bigint)
RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    release text;
BEGIN
    SELECT release_id INTO release FROM public.henvis_open_schedule() WHERE id = schedule;
    IF release IS NULL THEN
        PERFORM public.henvis_refuse('NO_OPEN_SCHEDULE');
    END IF;
    RETURN release;
END $$;
REVOKE ALL ON FUNCTION henvis_release_of_schedule FROM PUBLIC;

-- Takes a schedule back, with the audit event. Until the draft is published every approver may, and so may whoever ordered it.
-- Called by: the web server's role.
-- Raises: what `henvis_lock_publishing`, `henvis_release_of_schedule` and `henvis_begin_approval` raise.
CREATE OR REPLACE FUNCTION henvis_take_back(schedule bigint, staff integer)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    release text;
BEGIN
    PERFORM public.henvis_lock_publishing();
    release := public.henvis_release_of_schedule(schedule);
    IF NOT EXISTS (
        SELECT FROM public.statistics_release r WHERE r.id = release AND r.user_id = staff
        AND public.henvis_staff_may(staff, 'statistics', 'add_buildorder')
    ) THEN
        PERFORM public.henvis_begin_approval(staff);
    END IF;
    INSERT INTO public.statistics_scheduleend (schedule_id, outcome, code, user_id)
    VALUES (schedule, 'TAKEN_BACK', '', staff);
    PERFORM public.henvis_audit(
        NULL, staff, 'release.schedule_take_back', release, jsonb_build_object('schedule', schedule)
    );
    PERFORM pg_notify('henvis_schedule', '');
END $$;
REVOKE ALL ON FUNCTION henvis_take_back FROM PUBLIC;
GRANT EXECUTE ON FUNCTION henvis_take_back TO henvis_web;

-- Publishes what a schedule says, in the name of its approver. It asks everything anew: an approver who still has the right and
-- did not have the release built, what speaks against it, and a proof that is not stale. What it refuses ends the schedule with
-- the reason, and nothing of the draft is published. Returns null for what was published, else the code of the refusal. A
-- schedule that has an end stays as it is.
-- Called by: the program on the server that publishes, with the owner's role.
-- Raises: SCHEDULE_NOT_DUE, and what `henvis_lock_publishing` raises. SCHEDULE_NOT_APPROVED, and what `henvis_make_public`
-- raises, end the schedule.
CREATE OR REPLACE FUNCTION henvis_publish_due(schedule bigint)
RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    plan public.statistics_scheduledpublication;
    code text;
BEGIN
    PERFORM public.henvis_lock_publishing();
    SELECT * INTO plan FROM public.henvis_open_schedule() WHERE id = schedule;
    IF plan.id IS NULL THEN
        RETURN (SELECT nullif(e.code, '') FROM public.statistics_scheduleend e WHERE e.schedule_id = schedule);
    END IF;
    -- The moment of a publication is the beginning of its transaction.
    IF transaction_timestamp() < plan.due_at THEN
        PERFORM public.henvis_refuse('SCHEDULE_NOT_DUE');
    END IF;

    BEGIN
        IF NOT public.henvis_staff_may(plan.user_id, 'statistics', 'approve_release') THEN
            PERFORM public.henvis_refuse('SCHEDULE_NOT_APPROVED', plan.release_id);
        END IF;
        PERFORM public.henvis_make_public(
            plan.release_id, plan.user_id, plan.reason_da, plan.reason_en,
            jsonb_build_object('schedule', schedule, 'due_at', plan.due_at)
        );
    EXCEPTION WHEN SQLSTATE 'HE001' THEN
        GET STACKED DIAGNOSTICS code = MESSAGE_TEXT;
        PERFORM public.henvis_audit(
            NULL, NULL, 'release.schedule_fail', plan.release_id, jsonb_build_object('schedule', schedule, 'code', code)
        );
    END;
    INSERT INTO public.statistics_scheduleend (schedule_id, outcome, code)
    VALUES (schedule, CASE WHEN code IS NULL THEN 'PUBLISHED' ELSE 'FAILED' END, coalesce(code, ''));
    RETURN code;
END $$;
REVOKE ALL ON FUNCTION henvis_publish_due FROM PUBLIC;
