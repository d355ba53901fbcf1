-- The register of persons' requests. What no step may do, whoever writes it: produce or erase before somebody has made sure
-- who asks, extend what is due already, answer with what was not done, and go on after the answer. A restriction goes on: that
-- the person is told, and that it is lifted, is written down after the answer too.

-- Refuses a request that was received tomorrow, or whose due date is not that of one calendar month. The last day of a period
-- moves to the next working day, past five days around Easter at most; which days these are, the program knows.
-- Called by: the trigger `check_dates` of requests.
-- Raises: REGISTER_RIGHT_MISSING, REQUEST_DATES.
CREATE OR REPLACE FUNCTION henvis_check_request_dates()
RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    month_later CONSTANT date := (NEW.received_on + interval '1 month')::date;
BEGIN
    IF NOT public.henvis_staff_may(NEW.user_id, 'subject_requests', 'add_subjectrequest') THEN
        PERFORM public.henvis_refuse('REGISTER_RIGHT_MISSING');
    END IF;
    IF NEW.received_on > (now() AT TIME ZONE 'Europe/Copenhagen')::date
        OR NEW.due_on NOT BETWEEN month_later AND month_later + 6
    THEN
        PERFORM public.henvis_refuse('REQUEST_DATES');
    END IF;
    RETURN NEW;
END $$;
REVOKE ALL ON FUNCTION henvis_check_request_dates FROM PUBLIC;

-- Refuses a step that the request does not allow. Steps of one request wait for each other, so that none comes after the
-- answer.
-- Called by: the trigger `check_step` of steps.
-- Raises: REGISTER_RIGHT_MISSING, REQUEST_ANSWERED, REQUEST_UNIDENTIFIED, REQUEST_OF_OTHER_KIND, REQUEST_NOT_PRODUCED,
-- REQUEST_EXTENDED, REQUEST_OVERDUE, REQUEST_DATES, REQUEST_UNDONE, REQUEST_NOT_OF_RESTRICTION,
-- REQUEST_RESTRICTED, REQUEST_NOT_RESTRICTED.
CREATE OR REPLACE FUNCTION henvis_check_request_step()
RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    asked public.subject_requests_subjectrequest;
    done text[];
    latest date;
    today CONSTANT date := (now() AT TIME ZONE 'Europe/Copenhagen')::date;
BEGIN
    IF NOT public.henvis_staff_may(NEW.user_id, 'subject_requests', 'handle_subjectrequest') THEN
        PERFORM public.henvis_refuse('REGISTER_RIGHT_MISSING');
    END IF;
    SELECT * INTO asked FROM public.subject_requests_subjectrequest r WHERE r.id = NEW.request_id FOR UPDATE;
    done := ARRAY(SELECT s.act FROM public.subject_requests_requeststep s WHERE s.request_id = NEW.request_id);
    latest := (asked.received_on + interval '3 months')::date;
    IF 'ANSWERED' = ANY (done) AND NEW.act NOT IN ('INFORMED', 'LIFTED') THEN
        PERFORM public.henvis_refuse('REQUEST_ANSWERED');
    END IF;
    IF NEW.act IN ('PRODUCED', 'ERASED', 'RESTRICTED') AND 'IDENTIFIED' <> ALL (done) THEN
        PERFORM public.henvis_refuse('REQUEST_UNIDENTIFIED');
    END IF;
    IF NEW.act = 'ERASED' AND asked.kind NOT IN ('ERASURE', 'OBJECTION') THEN
        PERFORM public.henvis_refuse('REQUEST_OF_OTHER_KIND');
    END IF;
    IF NEW.act = 'RESTRICTED' AND asked.kind NOT IN ('RESTRICTION', 'OBJECTION') THEN
        PERFORM public.henvis_refuse('REQUEST_NOT_OF_RESTRICTION');
    END IF;
    IF NEW.act = 'PRODUCED' AND asked.kind IN ('RECTIFICATION', 'RESTRICTION') THEN
        PERFORM public.henvis_refuse('REQUEST_NOT_PRODUCED');
    END IF;
    -- The rows of the restriction are there before its step, and ended before the step that says so: no step says what does not
    -- hold. Those of somebody who was erased are gone.
    IF NEW.act = 'RESTRICTED' AND ('RESTRICTED' = ANY (done) OR NOT EXISTS (
        SELECT FROM public.linking_restrictedcase c WHERE c.restriction = NEW.restriction AND c.superseded_at IS NULL
    ) OR EXISTS (SELECT FROM public.subject_requests_requeststep s WHERE s.restriction = NEW.restriction)) THEN
        PERFORM public.henvis_refuse('REQUEST_RESTRICTED');
    END IF;
    IF NEW.act IN ('INFORMED', 'LIFTED') AND NOT EXISTS (
        SELECT FROM public.subject_requests_requeststep s JOIN public.linking_restrictedcase c ON c.restriction = s.restriction
        WHERE s.request_id = NEW.request_id
        HAVING count(*) > 0 AND bool_and((c.superseded_at IS NOT NULL) = (NEW.act = 'LIFTED'))
    ) THEN
        PERFORM public.henvis_refuse('REQUEST_NOT_RESTRICTED');
    END IF;
    IF NEW.act = 'EXTENDED' AND 'EXTENDED' = ANY (done) THEN
        PERFORM public.henvis_refuse('REQUEST_EXTENDED');
    END IF;
    IF NEW.act = 'EXTENDED' AND today > asked.due_on THEN
        PERFORM public.henvis_refuse('REQUEST_OVERDUE');
    END IF;
    IF NEW.act = 'EXTENDED' AND NEW.day NOT BETWEEN latest AND latest + 6
        OR NEW.act IN ('ANSWERED', 'INFORMED') AND NEW.day NOT BETWEEN asked.received_on AND today
        OR NEW.act = 'RESTRICTED' AND NEW.day < today
    THEN
        PERFORM public.henvis_refuse('REQUEST_DATES');
    END IF;
    IF NEW.act = 'ANSWERED' AND NEW.code IN ('PRODUCED', 'ERASED', 'RESTRICTED') AND NEW.code <> ALL (done) THEN
        PERFORM public.henvis_refuse('REQUEST_UNDONE');
    END IF;
    RETURN NEW;
END $$;
REVOKE ALL ON FUNCTION henvis_check_request_step FROM PUBLIC;
