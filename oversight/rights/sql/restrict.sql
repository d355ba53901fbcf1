-- Restricting the processing of a person's data, and lifting that (article 18). The person's cases are named in a table that
-- the web server's role only reads; who did it, why and until when stands in the register of requests, without a case. A
-- restriction holds until a second person lifts it: its end is a reminder.

-- Restricts the processing of a person: of these cases, which are the whole of one person, and of those that are merged with
-- them. Every writer and every build shares the second lock, so that none is half way. Returns the id of the restriction.
-- Called by: the web server's role, with the right of the member of staff who asks.
-- Raises: RESTRICTER_RIGHT_MISSING, PERSON_CHANGED, RESTRICTION_OF_TEST, what the register refuses of a step, and
-- lock_not_available where a writer holds the lock for five seconds.
CREATE OR REPLACE FUNCTION henvis_restrict(staff integer, request bigint, people uuid[], ground text, until date)
RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET lock_timeout = '5s' AS $$
DECLARE
    name CONSTANT uuid := gen_random_uuid();
    moment timestamptz;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('henvis.linking', 0));
    PERFORM pg_advisory_xact_lock(hashtextextended('henvis.erase', 0));
    IF NOT public.henvis_staff_may(staff, 'linking', 'restrict_case') THEN
        PERFORM public.henvis_refuse('RESTRICTER_RIGHT_MISSING');
    END IF;
    IF NOT public.henvis_is_person(people) THEN
        PERFORM public.henvis_refuse('PERSON_CHANGED');
    END IF;
    IF EXISTS (SELECT FROM public.cases_case c WHERE c.id = ANY (people) AND c.test) THEN
        PERFORM public.henvis_refuse('RESTRICTION_OF_TEST');
    END IF;
    moment := public.henvis_take_moment();
    INSERT INTO public.linking_restrictedcase (id, restriction, case_id, recorded_at)
    SELECT gen_random_uuid(), name, person, moment FROM unnest(people) AS person;
    INSERT INTO public.subject_requests_requeststep (request_id, act, code, ground, day, restriction, user_id)
    VALUES (request, 'RESTRICTED', ground, '', until, name, staff);
    PERFORM public.henvis_audit(
        NULL, staff, 'case.restrict', people[1]::text, jsonb_build_object('cases', cardinality(people))
    );
    PERFORM public.henvis_audit(
        NULL, staff, 'subjectrequest.restricted', request::text, jsonb_build_object('code', ground)
    );
    RETURN name;
END $$;
REVOKE ALL ON FUNCTION henvis_restrict FROM PUBLIC;
GRANT EXECUTE ON FUNCTION henvis_restrict TO henvis_web;

-- Lifts the restriction that was set from a request. Whoever set it does not lift it, and the person was told before (article
-- 18(3)).
-- Called by: the web server's role, with the right of the member of staff who asks.
-- Raises: RESTRICTER_RIGHT_MISSING, REQUEST_NOT_RESTRICTED, RESTRICTION_OF_ONE, RESTRICTION_UNTOLD, what the register refuses
-- of a step, and lock_not_available.
CREATE OR REPLACE FUNCTION henvis_lift_restriction(staff integer, request bigint)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET lock_timeout = '5s' AS $$
DECLARE
    set_by public.subject_requests_requeststep;
    people uuid[];
    moment timestamptz;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('henvis.linking', 0));
    PERFORM pg_advisory_xact_lock(hashtextextended('henvis.erase', 0));
    IF NOT public.henvis_staff_may(staff, 'linking', 'restrict_case') THEN
        PERFORM public.henvis_refuse('RESTRICTER_RIGHT_MISSING');
    END IF;
    SELECT * INTO set_by FROM public.subject_requests_requeststep s WHERE s.request_id = request AND s.act = 'RESTRICTED';
    people := ARRAY(
        SELECT c.case_id FROM public.linking_restrictedcase c
        WHERE c.restriction = set_by.restriction AND c.superseded_at IS NULL ORDER BY c.case_id
    );
    IF cardinality(people) = 0 THEN
        PERFORM public.henvis_refuse('REQUEST_NOT_RESTRICTED');
    END IF;
    IF set_by.user_id = staff THEN
        PERFORM public.henvis_refuse('RESTRICTION_OF_ONE');
    END IF;
    IF NOT EXISTS (
        SELECT FROM public.subject_requests_requeststep s WHERE s.request_id = request AND s.act = 'INFORMED'
    ) THEN
        PERFORM public.henvis_refuse('RESTRICTION_UNTOLD');
    END IF;
    moment := public.henvis_take_moment();
    UPDATE public.linking_restrictedcase c SET superseded_at = moment
    WHERE c.restriction = set_by.restriction AND c.superseded_at IS NULL;
    INSERT INTO public.subject_requests_requeststep (request_id, act, code, ground, user_id)
    VALUES (request, 'LIFTED', '', '', staff);
    PERFORM public.henvis_audit(NULL, staff, 'case.lift', people[1]::text, jsonb_build_object('cases', cardinality(people)));
    PERFORM public.henvis_audit(NULL, staff, 'subjectrequest.lifted', request::text, '{}'::jsonb);
END $$;
REVOKE ALL ON FUNCTION henvis_lift_restriction FROM PUBLIC;
GRANT EXECUTE ON FUNCTION henvis_lift_restriction TO henvis_web;
