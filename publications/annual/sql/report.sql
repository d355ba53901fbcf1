-- Publishing an annual report. The web server's role can write neither a draft nor what is published of it. It writes texts,
-- and asks `henvis_publish_report`, which locks, checks who asks and what is there, acts, and writes the audit event.

-- Returns what a report of a year is drawn from: each public release of a year up to it that is published and not withdrawn,
-- with its errata and with the releases that told something of its hidden cells; and, where an action plan is in force in the
-- year, what is published of it up to the year: each indicator with its observations. A draft keeps the answer, and is stale
-- once it is another.
-- Called by: the worker that makes a draft, `henvis_publish_report`, and the web server's role for the page of a draft.
-- Raises: nothing.
CREATE OR REPLACE FUNCTION henvis_report_basis(report_year integer)
RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce(jsonb_object_agg(r.id, jsonb_build_object(
        'errata', public.henvis_errata(r.id),
        'told_by', ARRAY(
            SELECT DISTINCT t.release_id::text FROM public.statistics_publishedtold t
            JOIN public.statistics_publication q ON q.release_id = t.release_id WHERE t.of_id = r.id ORDER BY 1
        )
    )), '{}') || coalesce((
        SELECT jsonb_build_object('plan', jsonb_agg(concat_ws('/', i.id, o.id) ORDER BY i.id, o.id))
        FROM public.plans_planindicator i
        JOIN public.plans_indicatordecision d ON d.indicator_id = i.id AND d.approved
        LEFT JOIN (
            public.plans_planobservation o
            JOIN public.plans_observationdecision e ON e.observation_id = o.id AND e.approved
        ) ON o.indicator_id = i.id AND o.year <= report_year
        WHERE report_year BETWEEN left(i.plan, 4)::integer AND right(i.plan, 4)::integer
        HAVING count(*) > 0
    ), '{}')
    FROM public.statistics_release r
    JOIN public.statistics_publication p ON p.release_id = r.id
    WHERE r.audience = 'public' AND r.period ~ '^[0-9]{4}$' AND r.period::integer <= report_year
    AND NOT EXISTS (SELECT FROM public.statistics_withdrawal w WHERE w.release_id = r.id)
$$;
REVOKE ALL ON FUNCTION henvis_report_basis FROM PUBLIC;
GRANT EXECUTE ON FUNCTION henvis_report_basis TO henvis_web;

-- Returns the text that counts in each place of a draft: the latest.
-- Called by: `henvis_publish_report`.
-- Raises: nothing.
CREATE OR REPLACE FUNCTION henvis_report_texts(draft bigint)
RETURNS SETOF public.annual_reporttext
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT DISTINCT ON (t.place) t.* FROM public.annual_reporttext t WHERE t.draft_id = draft ORDER BY t.place, t.id DESC
$$;
REVOKE ALL ON FUNCTION henvis_report_texts FROM PUBLIC;

-- Refuses a text of a draft that is published, or that another draft of its year has followed, and one of a place that the
-- draft does not have.
-- Called by: the trigger `of_open_draft` of texts.
-- Raises: REPORT_NOT_OPEN, NO_PLACE_OF_REPORT.
CREATE OR REPLACE FUNCTION henvis_check_report_text()
RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    -- Of whom publishes and whom writes at once the second sees what the first has done.
    PERFORM pg_advisory_xact_lock_shared(hashtextextended('henvis.report', 0));
    IF EXISTS (SELECT FROM public.annual_reportpublication p WHERE p.draft_id = NEW.draft_id) OR EXISTS (
        SELECT FROM public.annual_reportdraft d
        JOIN public.annual_reportdraft later ON later.year = d.year AND later.id > d.id WHERE d.id = NEW.draft_id
    ) THEN
        PERFORM public.henvis_refuse('REPORT_NOT_OPEN');
    END IF;
    IF NOT EXISTS (
        SELECT FROM public.annual_reportdraft d WHERE d.id = NEW.draft_id AND NEW.place = ANY (d.places)
    ) THEN
        PERFORM public.henvis_refuse('NO_PLACE_OF_REPORT');
    END IF;
    RETURN NEW;
END $$;
REVOKE ALL ON FUNCTION henvis_check_report_text FROM PUBLIC;

-- Refuses an order that says already what became of it: the server says so.
-- Called by: the trigger `not_carried_out` of orders.
-- Raises: REPORT_ORDER_CLOSED.
CREATE OR REPLACE FUNCTION henvis_check_report_order()
RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NEW.state <> 'OPEN' OR NEW.message <> '' THEN
        PERFORM public.henvis_refuse('REPORT_ORDER_CLOSED');
    END IF;
    RETURN NEW;
END $$;
REVOKE ALL ON FUNCTION henvis_check_report_order FROM PUBLIC;

-- Refuses a draft that could not be published now: a later one of its year stands in its place, releases are others than those
-- that it was drawn from, something in it is not finished, or it says nothing of what it corrects.
-- Called by: `henvis_publish_report`.
-- Raises: NO_REPORT_DRAFT, REPORT_NOT_OPEN, REPORT_STALE, REPORT_INCOMPLETE, REPORT_CORRECTION_MISSING.
CREATE OR REPLACE FUNCTION henvis_check_report(draft bigint)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    report public.annual_reportdraft;
BEGIN
    SELECT * INTO report FROM public.annual_reportdraft d WHERE d.id = draft;
    IF report.id IS NULL THEN
        PERFORM public.henvis_refuse('NO_REPORT_DRAFT');
    END IF;
    IF EXISTS (SELECT FROM public.annual_reportpublication p WHERE p.draft_id = draft)
        OR EXISTS (SELECT FROM public.annual_reportdraft later WHERE later.year = report.year AND later.id > draft)
    THEN
        PERFORM public.henvis_refuse('REPORT_NOT_OPEN');
    END IF;
    IF report.basis IS DISTINCT FROM public.henvis_report_basis(report.year) THEN
        PERFORM public.henvis_refuse('REPORT_STALE');
    END IF;
    IF EXISTS (
        SELECT FROM unnest(report.places) AS known (place)
        WHERE known.place NOT LIKE '%:comment'
        AND NOT EXISTS (SELECT FROM public.henvis_report_texts(draft) t WHERE t.place = known.place)
    ) THEN
        PERFORM public.henvis_refuse('REPORT_INCOMPLETE');
    END IF;
    IF report.correction_da !~ '\S'
        AND EXISTS (SELECT FROM public.annual_reportpublication p WHERE p.year = report.year)
    THEN
        PERFORM public.henvis_refuse('REPORT_CORRECTION_MISSING');
    END IF;
END $$;
REVOKE ALL ON FUNCTION henvis_check_report FROM PUBLIC;

-- Publishes a draft as the next version of its year, for ever, with its audit event. Two members of staff are needed: who
-- publishes has neither ordered the draft nor written a text that counts in it. `last_text` is the last text that this person
-- has seen.
-- Called by: the web server's role.
-- Raises: REPORT_ISOLATION, REPORT_RIGHT_MISSING, REPORT_CHANGED, REPORT_BY_AUTHOR, and what `henvis_check_report` raises.
CREATE OR REPLACE FUNCTION henvis_publish_report(draft bigint, last_text bigint, staff integer)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    report public.annual_reportdraft;
    next_version integer;
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        PERFORM public.henvis_refuse('REPORT_ISOLATION');
    END IF;
    -- That of releases first: nobody publishes or withdraws one meanwhile.
    PERFORM pg_advisory_xact_lock(hashtextextended('henvis.publish', 0));
    PERFORM pg_advisory_xact_lock(hashtextextended('henvis.report', 0));
    IF NOT public.henvis_staff_may(staff, 'annual', 'publish_report') THEN
        PERFORM public.henvis_refuse('REPORT_RIGHT_MISSING');
    END IF;
    PERFORM public.henvis_check_report(draft);
    SELECT * INTO report FROM public.annual_reportdraft d WHERE d.id = draft;
    IF last_text IS DISTINCT FROM (SELECT max(t.id) FROM public.annual_reporttext t WHERE t.draft_id = draft) THEN
        PERFORM public.henvis_refuse('REPORT_CHANGED');
    END IF;
    IF report.user_id = staff OR EXISTS (SELECT FROM public.henvis_report_texts(draft) t WHERE t.user_id = staff) THEN
        PERFORM public.henvis_refuse('REPORT_BY_AUTHOR');
    END IF;
    SELECT coalesce(max(p.version), 0) + 1 INTO next_version
    FROM public.annual_reportpublication p WHERE p.year = report.year;
    INSERT INTO public.annual_reportpublication (draft_id, year, version, last_text_id, user_id)
    VALUES (draft, report.year, next_version, last_text, staff);
    PERFORM public.henvis_audit(
        NULL, staff, 'report.publish', format('%s.%s', report.year, next_version),
        jsonb_build_object('draft', draft, 'ordered_by', report.user_id)
    );
END $$;
REVOKE ALL ON FUNCTION henvis_publish_report FROM PUBLIC;
GRANT EXECUTE ON FUNCTION henvis_publish_report TO henvis_web;
