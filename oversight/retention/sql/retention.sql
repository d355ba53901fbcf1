-- What goes because its time is over. The worker of the upkeep asks each night, as the owner: the web server's role may only
-- read when. No row that it can write makes anything go earlier, but for a hold that staff shorten (`henvis_check_hold`).

-- Lets staff with the right keep the records of a year, or of every year, for longer; and end that earlier, where somebody else
-- has set it.
-- Called by: the trigger `may_hold` of holds.
-- Raises: HOLD_RIGHT_MISSING, HOLD_OF_ONESELF.
CREATE OR REPLACE FUNCTION henvis_check_hold()
RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    earlier public.retention_retentionhold;
BEGIN
    IF NOT public.henvis_staff_may(NEW.user_id, 'retention', 'add_retentionhold') THEN
        PERFORM public.henvis_refuse('HOLD_RIGHT_MISSING');
    END IF;
    -- One at a time: of two that came at once neither would know the other.
    PERFORM pg_advisory_xact_lock(hashtextextended('henvis.retention', 0));
    SELECT * INTO earlier FROM public.retention_retentionhold h WHERE h.year IS NOT DISTINCT FROM NEW.year
    ORDER BY h.id DESC LIMIT 1;
    IF earlier.user_id = NEW.user_id AND earlier.until_on > NEW.until_on THEN
        PERFORM public.henvis_refuse('HOLD_OF_ONESELF');
    END IF;
    RETURN NEW;
END $$;
REVOKE ALL ON FUNCTION henvis_check_hold FROM PUBLIC;

-- Whether something of these years is held on a day. The last row on a year holds, and so does the last on every year.
-- Called by: `henvis_retention`.
-- Raises: nothing.
CREATE OR REPLACE FUNCTION henvis_is_held(first_year integer, last_year integer, today date)
RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT EXISTS (
        SELECT FROM (
            SELECT DISTINCT ON (h.year) h.year, h.until_on FROM public.retention_retentionhold h ORDER BY h.year, h.id DESC
        ) AS latest
        WHERE latest.until_on >= today AND (latest.year IS NULL OR latest.year BETWEEN first_year AND last_year)
    )
$$;
REVOKE ALL ON FUNCTION henvis_is_held FROM PUBLIC;

-- Whether the National Archives have these records, or want none of their years (the Danish Archives Act lets nothing go before
-- they have decided). `years`, `moments`: of each record the year of its month, and when it was written. An assessment without
-- a month (NULL) is in each package with a record of its person.
-- Called by: `henvis_retention`.
-- Raises: nothing.
CREATE OR REPLACE FUNCTION henvis_is_archived(years integer[], moments timestamptz[])
RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT NOT EXISTS (
        SELECT FROM unnest(years, moments) AS r (year, moment) WHERE NOT EXISTS (
            SELECT FROM public.retention_archivetransfer t
            WHERE t.received_at IS NOT NULL AND (t.taken_at IS NULL OR t.taken_at >= r.moment)
            AND CASE WHEN r.year IS NULL THEN int4range(t.first_year, t.last_year, '[]') @> ANY (years)
                     ELSE r.year BETWEEN t.first_year AND t.last_year END
        )
    )
$$;
REVOKE ALL ON FUNCTION henvis_is_archived FROM PUBLIC;

-- Returns what each person's records say of time: in which years they are (by their months and by when they were written, as
-- Copenhagen reckons), whether the person was found to be no victim, and whether the processing is restricted. A record counts
-- for the case that it was sent to and for the one that a split moved it to. `years`: those of its months, by which figures
-- count. `record_years`, `record_moments`: of each record the year of its month, and when it was written. `chosen`: some
-- persons, each by the case that stands for her; NULL: all.
-- Called by: `henvis_retention`, `henvis_expire`.
-- Raises: nothing.
CREATE OR REPLACE FUNCTION henvis_years_of_persons(chosen uuid[])
RETURNS TABLE (
    person uuid, cases uuid[], test boolean, first_year integer, last_year integer, no_victim boolean, victim boolean,
    restricted boolean, years integer[], record_years integer[], record_moments timestamptz[]
)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    WITH whose AS (
        SELECT c.id AS case_id, coalesce(l.person_id, c.id) AS person, c.test, c.opened_at
        FROM public.cases_case c LEFT JOIN public.linking_caselink l ON l.case_id = c.id AND l.superseded_at IS NULL
        WHERE chosen IS NULL OR coalesce(l.person_id, c.id) = ANY (chosen)
    ), sent AS (
        SELECT r.case_id, r.referred_in AS month, r.recorded_at, NULL::text AS outcome FROM public.cases_referral r
        UNION ALL
        SELECT x.case_id, r.referred_in, r.recorded_at, NULL FROM public.linking_recordlink x
        JOIN public.cases_referral r ON r.partner_id = x.partner_id AND r.reference = x.reference AND r.case_id = x.from_case_id
        WHERE x.superseded_at IS NULL
        UNION ALL
        SELECT a.case_id, a.decided_in, a.recorded_at, CASE WHEN a.superseded_at IS NULL THEN a.outcome END
        FROM public.cases_assessment a
        UNION ALL
        SELECT x.case_id, a.decided_in, a.recorded_at, CASE WHEN a.superseded_at IS NULL THEN a.outcome END
        FROM public.linking_recordlink x
        JOIN public.cases_assessment a ON a.partner_id = x.partner_id AND a.case_id = x.from_case_id
        WHERE x.reference IS NULL AND x.superseded_at IS NULL
    ), told AS (
        SELECT w.person, w.case_id, w.test, m.year, m.counts, s.outcome, s.recorded_at, m.is_record, s.month FROM whose w
        LEFT JOIN sent s ON s.case_id = w.case_id
        CROSS JOIN LATERAL (
            SELECT
                extract(year FROM moment)::integer AS year, place = 1 AS counts,
                place = CASE WHEN s.month IS NULL THEN 2 ELSE 1 END AS is_record
            FROM unnest(ARRAY[
                s.month::timestamp, s.recorded_at AT TIME ZONE 'Europe/Copenhagen',
                w.opened_at AT TIME ZONE 'Europe/Copenhagen'
            ]) WITH ORDINALITY AS of_time (moment, place) WHERE moment IS NOT NULL
        ) AS m
    )
    SELECT
        t.person, array_agg(DISTINCT t.case_id), bool_and(t.test), min(t.year), max(t.year),
        coalesce(bool_and(t.outcome = 'NOT_IDENTIFIED') FILTER (WHERE t.outcome IS NOT NULL), false),
        coalesce(bool_or(t.outcome = 'IDENTIFIED'), false),
        bool_or(EXISTS (
            SELECT FROM public.linking_restrictedcase q WHERE q.case_id = t.case_id AND q.superseded_at IS NULL
        )),
        coalesce(array_agg(DISTINCT t.year) FILTER (WHERE t.counts), '{}'),
        coalesce(array_agg(CASE WHEN t.month IS NOT NULL THEN t.year END) FILTER (WHERE t.is_record), '{}'),
        coalesce(array_agg(t.recorded_at) FILTER (WHERE t.is_record), '{}')
    FROM told t GROUP BY t.person
$$;
REVOKE ALL ON FUNCTION henvis_years_of_persons FROM PUBLIC;

-- Returns the first day on which each person's data may go: so many months after the year of the last of her records, fewer for
-- who was found to be no victim; and whether something holds them. Whoever is restricted (article 18) is held,
-- and who is not in the National Archives yet.
-- Called by: the worker and a command, as the owner, `henvis_expire`, and the page that says how many go when.
-- Raises: nothing.
CREATE OR REPLACE FUNCTION henvis_retention(
    chosen uuid[], months integer, months_no_victim integer, today date
)
RETURNS TABLE (subject uuid, years integer[], goes_on date, held boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT
        p.person, p.years,
        (make_date(p.last_year + 1, 1, 1)
            + make_interval(months => CASE WHEN p.no_victim THEN months_no_victim ELSE months END))::date,
        p.restricted OR public.henvis_is_held(p.first_year, p.last_year, today)
            OR NOT (p.test OR public.henvis_is_archived(p.record_years, p.record_moments))
    FROM public.henvis_years_of_persons(chosen) p
$$;
REVOKE ALL ON FUNCTION henvis_retention FROM PUBLIC;
GRANT EXECUTE ON FUNCTION henvis_retention TO henvis_web;

-- Erases a person whose time is over, as `henvis_erase_person` does, and notes the years that are whole no more. It asks again
-- under the locks: a record that came meanwhile keeps the person. Returns the id of the tombstone; NULL where she stays.
-- Called by: the worker, as the owner.
-- Raises: what `henvis_erase_person` raises.
CREATE OR REPLACE FUNCTION henvis_expire(
    people uuid[], tokens text[], spare text[], partners uuid[], refs uuid[], names text[],
    months integer, months_no_victim integer, today date
)
RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET lock_timeout = '5s' AS $$
DECLARE
    found_now record;
    of_person record;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('henvis.linking', 0));
    PERFORM pg_advisory_xact_lock(hashtextextended('henvis.erase', 0));
    PERFORM pg_advisory_xact_lock(hashtextextended('henvis.retention', 0));
    SELECT * INTO found_now FROM public.henvis_retention(people, months, months_no_victim, today);
    IF NOT FOUND OR found_now.held OR found_now.goes_on > today THEN
        RETURN NULL;
    END IF;
    SELECT * INTO of_person FROM public.henvis_years_of_persons(people);
    IF NOT of_person.test THEN
        INSERT INTO public.erased_expiredyear (year, identified)
        SELECT y, of_person.victim FROM unnest(of_person.years) AS y ON CONFLICT DO NOTHING;
    END IF;
    RETURN public.henvis_erase_person(NULL, people, tokens, spare, partners, refs, names, 'EXPIRED');
END $$;
REVOKE ALL ON FUNCTION henvis_expire FROM PUBLIC;

-- Deletes what is no person's record and older than a moment, by the name of its class. Returns how many rows.
-- Called by: the worker, as the owner.
-- Raises: restrict_violation, where the table lets nothing go.
CREATE OR REPLACE FUNCTION henvis_forget(class text, before timestamptz)
RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    n integer := 0;
BEGIN
    PERFORM set_config('henvis.expire', 'on', true);
    CASE class
    WHEN 'codes' THEN
        DELETE FROM public.duplicates_linkagecode k WHERE k.recorded_at < before AND NOT EXISTS (
            SELECT FROM public.cases_referral r WHERE r.partner_id = k.partner_id AND r.reference = k.reference
            AND greatest(r.recorded_at, r.referred_in) >= before
        );
    WHEN 'reads' THEN
        DELETE FROM public.partners_recordread r WHERE r.at < before;
    WHEN 'mails' THEN
        WITH outcomes AS (
            DELETE FROM public.mail_mailoutcome o USING public.mail_mailing m WHERE m.id = o.mailing_id AND m.asked_at < before
        )
        DELETE FROM public.mail_mailing m WHERE m.asked_at < before;
    WHEN 'receipts' THEN
        DELETE FROM public.notices_acknowledgement a WHERE a.said_at < before;
    WHEN 'requests' THEN
        -- A request whose restriction still holds is not over, whenever it was answered.
        WITH over AS (
            SELECT s.request_id AS id FROM public.subject_requests_requeststep s
            WHERE s.act = 'ANSWERED' AND NOT EXISTS (
                SELECT FROM public.subject_requests_requeststep o WHERE o.request_id = s.request_id AND o.at >= before
            ) AND NOT EXISTS (
                SELECT FROM public.subject_requests_requeststep r
                JOIN public.linking_restrictedcase q ON q.restriction = r.restriction AND q.superseded_at IS NULL
                WHERE r.request_id = s.request_id
            )
        ), steps AS (
            DELETE FROM public.subject_requests_requeststep s USING over o WHERE s.request_id = o.id
        )
        DELETE FROM public.subject_requests_subjectrequest s USING over o WHERE s.id = o.id;
    WHEN 'audit' THEN
        -- What was done to records, and who looked at them. What was done to partners, accounts, years and releases stays: by
        -- it these are what they are.
        DELETE FROM public.partners_auditevent e WHERE e.at < before AND e.action ~ (
            '^(case|delivery|desk|duplicate|duplicates|read|referral|return|subjectrequest)\.|^person\.(sign_in|end_sessions)$'
        );
    END CASE;
    GET DIAGNOSTICS n = ROW_COUNT;
    PERFORM set_config('henvis.expire', 'off', true);
    RETURN n;
END $$;
REVOKE ALL ON FUNCTION henvis_forget FROM PUBLIC;
