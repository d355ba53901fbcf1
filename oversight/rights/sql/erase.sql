-- Erasing a person (article 17). `henvis_erase_person`, near the end, is the whole of it in order; the functions before it are
-- its steps.
--
-- `people` are the cases of the person, `partners` and `refs` the referrals of the person, each reference with the partner that
-- sent it. While the steps run, and only then, the setting `henvis.erase` is on. The triggers of what is append-only heed it
-- only for the tables' owner, and only for the tables and columns that they name (partners/sql/append_only.sql).
--
-- A record belongs to the case that a split moved it to, or else to its own.

-- Returns the referrals of a person's cases. A person has a few, and not the thousand that PostgreSQL takes for granted, for
-- which it would read whole tables: hence ROWS.
-- Called by: `henvis_is_whole`.
-- Raises: nothing.
CREATE OR REPLACE FUNCTION henvis_referrals_of(people uuid[])
RETURNS TABLE (partner_id uuid, reference uuid)
LANGUAGE sql STABLE ROWS 10 SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT r.partner_id, r.reference FROM public.cases_referral r
    WHERE r.superseded_at IS NULL AND r.case_id = ANY (people) AND NOT EXISTS (
        SELECT FROM public.linking_recordlink x
        WHERE x.superseded_at IS NULL
        AND x.partner_id = r.partner_id AND x.reference = r.reference AND x.from_case_id = r.case_id
    )
    UNION
    SELECT r.partner_id, r.reference FROM public.linking_recordlink x
    JOIN public.cases_referral r ON r.partner_id = x.partner_id AND r.reference = x.reference AND r.case_id = x.from_case_id
    WHERE r.superseded_at IS NULL AND x.superseded_at IS NULL AND x.case_id = ANY (people)
$$;
REVOKE ALL ON FUNCTION henvis_referrals_of FROM PUBLIC;

-- Returns the assessments of a person's cases: whose they are, and of which case they were sent.
-- Called by: `henvis_erase_records`.
-- Raises: nothing.
CREATE OR REPLACE FUNCTION henvis_assessments_of(people uuid[])
RETURNS TABLE (partner_id uuid, case_id uuid)
LANGUAGE sql STABLE ROWS 10 SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT a.partner_id, a.case_id FROM public.cases_assessment a
    WHERE a.superseded_at IS NULL AND a.case_id = ANY (people) AND NOT EXISTS (
        SELECT FROM public.linking_recordlink x
        WHERE x.superseded_at IS NULL
        AND x.partner_id = a.partner_id AND x.reference IS NULL AND x.from_case_id = a.case_id
    )
    UNION
    SELECT a.partner_id, a.case_id FROM public.linking_recordlink x
    JOIN public.cases_assessment a ON a.partner_id = x.partner_id AND x.reference IS NULL AND a.case_id = x.from_case_id
    WHERE a.superseded_at IS NULL AND x.superseded_at IS NULL AND x.case_id = ANY (people)
$$;
REVOKE ALL ON FUNCTION henvis_assessments_of FROM PUBLIC;

-- Whether these cases are there and are one person, and whether no merge links one of them to a case that is not named.
-- Called by: `henvis_is_whole`, `henvis_restrict`.
-- Raises: nothing.
CREATE OR REPLACE FUNCTION henvis_is_person(people uuid[])
RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT (
        SELECT count(*) = cardinality(people) AND count(DISTINCT coalesce(l.person_id, c.id)) = 1
        FROM public.cases_case c LEFT JOIN public.linking_caselink l ON l.case_id = c.id AND l.superseded_at IS NULL
        WHERE c.id = ANY (people)
    ) AND NOT EXISTS (
        SELECT FROM public.linking_caselink l
        WHERE l.superseded_at IS NULL AND (l.case_id = ANY (people)) <> (l.person_id = ANY (people))
    )
$$;
REVOKE ALL ON FUNCTION henvis_is_person FROM PUBLIC;

-- Whether these cases are the whole of one person, and whether their referrals are just these.
-- Called by: `henvis_begin_erasure`.
-- Raises: nothing.
CREATE OR REPLACE FUNCTION henvis_is_whole(people uuid[], partners uuid[], refs uuid[])
RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT public.henvis_is_person(people)
        AND ARRAY(SELECT partner_id || ' ' || reference FROM public.henvis_referrals_of(people) ORDER BY 1)
        IS NOT DISTINCT FROM
        ARRAY(SELECT e.partner || ' ' || e.reference FROM unnest(partners, refs) AS e (partner, reference) ORDER BY 1)
$$;
REVOKE ALL ON FUNCTION henvis_is_whole FROM PUBLIC;

-- Begins an erasure: takes the locks, and checks who asks and that the person is still as the page showed. Every writer shares
-- the second lock, so none of them is half way. The first one, of decisions on links and of a search for duplicates, comes
-- before it: a search may hold it for long, and no writer is to wait for that. `staff`: NULL where a rule erases.
-- Called by: `henvis_erase_person`.
-- Raises: ERASURE_ISOLATION, ERASER_RIGHT_MISSING, PERSON_CHANGED.
CREATE OR REPLACE FUNCTION henvis_begin_erasure(staff integer, people uuid[], partners uuid[], refs uuid[])
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        PERFORM public.henvis_refuse('ERASURE_ISOLATION');
    END IF;
    PERFORM pg_advisory_xact_lock(hashtextextended('henvis.linking', 0));
    PERFORM pg_advisory_xact_lock(hashtextextended('henvis.erase', 0));
    IF NOT (staff IS NULL OR public.henvis_staff_may(staff, 'erased', 'erase_case')) THEN
        PERFORM public.henvis_refuse('ERASER_RIGHT_MISSING');
    END IF;
    PERFORM FROM public.cases_case c WHERE c.id = ANY (people) ORDER BY c.id FOR UPDATE;
    IF NOT public.henvis_is_whole(people, partners, refs) THEN
        PERFORM public.henvis_refuse('PERSON_CHANGED');
    END IF;
END $$;
REVOKE ALL ON FUNCTION henvis_begin_erasure FROM PUBLIC;

-- Unties what releases counted of the person from the person: the rows of snapshots stay, under a new random id, the same in
-- all releases. Returns how many. Who knows of the person stays too: later audits compare vintages by these ids, and protect
-- the others of a cell from whoever can subtract this one. Whoever knows a case knows those that it was ever merged with, those
-- that are not erased among them: these keep their ids, and learn who knows of them.
-- Called by: `henvis_erase_person`.
-- Raises: nothing of its own.
CREATE OR REPLACE FUNCTION henvis_unlink_counts(people uuid[], partners uuid[])
RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    circle uuid[];
    person uuid;
    fresh uuid;
    n integer;
    total integer := 0;
BEGIN
    circle := ARRAY(
        WITH ever AS (
            SELECT case_id, person_id FROM public.linking_caselink
            UNION SELECT person_id, person_id FROM public.linking_caselink
        )
        SELECT unnest(people)
        UNION SELECT other.case_id FROM ever one JOIN ever other ON other.person_id = one.person_id
        WHERE one.case_id = ANY (people)
    );
    FOREACH person IN ARRAY circle LOOP
        fresh := person;
        IF person = ANY (people) THEN
            fresh := gen_random_uuid();
            UPDATE build.statistics_snapshotrecord SET record = fresh WHERE record = person;
            GET DIAGNOSTICS n = ROW_COUNT;
            total := total + n;
            UPDATE build.statistics_erasedknowledge SET record = fresh WHERE record = person;
        END IF;
        INSERT INTO build.statistics_erasedknowledge (record, partner_id, decided)
        SELECT fresh, k.partner_id, k.decided FROM (
            SELECT r.partner_id, false AS decided FROM public.cases_referral r WHERE r.case_id = ANY (circle)
            UNION SELECT e.partner, false FROM unnest(partners) AS e (partner)
            UNION SELECT a.partner_id, true FROM public.cases_assessment a WHERE a.case_id = ANY (circle)
            UNION SELECT x.partner_id, x.reference IS NULL FROM public.linking_recordlink x WHERE x.case_id = ANY (circle)
            -- Whoever sent a version for another partner knows it like that one.
            UNION SELECT c.partner_id, false FROM public.cases_referral r
            JOIN public.partners_client c ON c.id = r.client_id WHERE r.case_id = ANY (circle)
            UNION SELECT c.partner_id, true FROM public.cases_assessment a
            JOIN public.partners_client c ON c.id = a.client_id WHERE a.case_id = ANY (circle)
            UNION SELECT c.partner_id, false FROM public.linking_recordlink x
            JOIN public.cases_referral r ON r.partner_id = x.partner_id AND r.reference = x.reference
            JOIN public.partners_client c ON c.id = r.client_id WHERE x.case_id = ANY (circle)
            UNION SELECT c.partner_id, true FROM public.linking_recordlink x
            JOIN public.cases_assessment a ON a.partner_id = x.partner_id AND a.case_id = x.from_case_id
            JOIN public.partners_client c ON c.id = a.client_id WHERE x.case_id = ANY (circle) AND x.reference IS NULL
        ) AS k
        WHERE EXISTS (SELECT FROM build.statistics_snapshotrecord s WHERE s.record = fresh)
        ON CONFLICT DO NOTHING;
    END LOOP;
    RETURN total;
END $$;
REVOKE ALL ON FUNCTION henvis_unlink_counts FROM PUBLIC;

-- Keeps the records of others. Versions that are still there and lead to a case of the person are another person's: a split
-- moved them, or a correction. They get a case of their own, with a new id and a spare token. Returns how many cases were made.
-- Called by: `henvis_erase_records`, after it has deleted the person's own versions.
-- Raises: nothing of its own.
CREATE OR REPLACE FUNCTION henvis_keep_others(people uuid[], spare text[], world boolean)
RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    other record;
    kept public.cases_referral;
    -- Under the lock that every writer shares: later than what they wrote before, and earlier than what they write after.
    since CONSTANT timestamptz := clock_timestamp();
    fresh uuid;
    total integer := 0;
BEGIN
    FOR place IN 1 .. cardinality(people) LOOP
        SELECT k.partner_id, k.recorded_at INTO other FROM (
            SELECT partner_id, recorded_at FROM public.cases_referral WHERE case_id = people[place]
            UNION ALL SELECT partner_id, recorded_at FROM public.cases_assessment WHERE case_id = people[place]
        ) AS k ORDER BY k.recorded_at LIMIT 1;
        CONTINUE WHEN NOT FOUND;
        fresh := gen_random_uuid();
        INSERT INTO public.cases_case (id, token, test, token_unknown, opened_at, opened_by_id)
        VALUES (fresh, spare[place], world, false, other.recorded_at, other.partner_id);

        -- The token changes, so each referral gets a new version, and with it another ETag. Its content and its client stay.
        UPDATE public.cases_referral SET case_id = fresh WHERE case_id = people[place];
        FOR kept IN SELECT * FROM public.cases_referral WHERE case_id = fresh AND superseded_at IS NULL LOOP
            UPDATE public.cases_referral SET superseded_at = since WHERE id = kept.id;
            kept.id := gen_random_uuid();
            kept.version := kept.version + 1;
            kept.recorded_at := since;
            INSERT INTO public.cases_referral SELECT kept.*;
            -- What its partner was asked of it waits on: the partner has said nothing new.
            UPDATE public.returns_return r SET version = kept.version
            WHERE r.partner_id = kept.partner_id AND r.reference = kept.reference AND r.version = kept.version - 1;
        END LOOP;

        -- Assessments need no new version: the token is in their address, and nothing was read there before. Nor would one be
        -- harmless, because the outcome of a case is that of the latest.
        UPDATE public.cases_assessment SET case_id = fresh WHERE case_id = people[place];

        -- Everything that a split said of these records follows them, current or not: when a later split is undone, the
        -- earlier one is current again. What a split said of the person's own records goes with the person.
        UPDATE public.linking_recordlink x SET from_case_id = fresh
        WHERE x.from_case_id = people[place] AND x.case_id <> ALL (people) AND (
            EXISTS (
                SELECT FROM public.cases_referral r
                WHERE r.case_id = fresh AND r.partner_id = x.partner_id AND r.reference = x.reference
            ) OR x.reference IS NULL AND EXISTS (
                SELECT FROM public.cases_assessment a WHERE a.case_id = fresh AND a.partner_id = x.partner_id
            )
        );
        total := total + 1;
    END LOOP;
    RETURN total;
END $$;
REVOKE ALL ON FUNCTION henvis_keep_others FROM PUBLIC;

-- Deletes every version of the person's assessments and referrals, keeps those of others, and deletes what staff decided of the
-- person's attributes. Returns how many of each.
-- Called by: `henvis_erase_person`.
-- Raises: nothing of its own.
CREATE OR REPLACE FUNCTION henvis_erase_records(people uuid[], spare text[], partners uuid[], refs uuid[], world boolean)
RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    assessments integer;
    referrals integer;
    others integer;
    attributes integer;
BEGIN
    DELETE FROM public.cases_assessment a USING public.henvis_assessments_of(people) e
    WHERE a.partner_id = e.partner_id AND a.case_id = e.case_id;
    GET DIAGNOSTICS assessments = ROW_COUNT;

    DELETE FROM public.cases_referral r USING unnest(partners, refs) AS e (partner, reference)
    WHERE r.partner_id = e.partner AND r.reference = e.reference;
    GET DIAGNOSTICS referrals = ROW_COUNT;

    others := public.henvis_keep_others(people, spare, world);

    DELETE FROM public.linking_attributedecision WHERE case_id = ANY (people);
    GET DIAGNOSTICS attributes = ROW_COUNT;

    RETURN jsonb_build_object(
        'assessment_versions', assessments, 'referral_versions', referrals, 'cases_kept_for_others', others,
        'attribute_decisions', attributes
    );
END $$;
REVOKE ALL ON FUNCTION henvis_erase_records FROM PUBLIC;

-- Deletes the person's linkage codes, and the pairs of duplicates that a case of the person is in, decided or not. Returns how
-- many.
-- Called by: `henvis_erase_person`.
-- Raises: nothing of its own.
CREATE OR REPLACE FUNCTION henvis_erase_pairs(people uuid[], partners uuid[], refs uuid[])
RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    codes integer;
    candidates integer;
    decisions integer;
BEGIN
    DELETE FROM public.duplicates_linkagecode k USING unnest(partners, refs) AS e (partner, reference)
    WHERE k.partner_id = e.partner AND k.reference = e.reference;
    GET DIAGNOSTICS codes = ROW_COUNT;

    DELETE FROM public.duplicates_duplicate WHERE case_a_id = ANY (people) OR case_b_id = ANY (people);
    GET DIAGNOSTICS candidates = ROW_COUNT;

    DELETE FROM public.duplicates_duplicatedecision WHERE case_a_id = ANY (people) OR case_b_id = ANY (people);
    GET DIAGNOSTICS decisions = ROW_COUNT;

    RETURN jsonb_build_object('linkage_codes', codes, 'duplicate_candidates', candidates, 'duplicate_decisions', decisions);
END $$;
REVOKE ALL ON FUNCTION henvis_erase_pairs FROM PUBLIC;

-- Deletes the person's links, the decisions behind them, and what restricts the person's cases. A decision goes once it and
-- its undoing say nothing of anybody
-- else: if one of the two went alone, the other would come back to life, or dangle. Returns how many rows went.
-- Called by: `henvis_erase_person`.
-- Raises: nothing of its own.
CREATE OR REPLACE FUNCTION henvis_erase_links(people uuid[], partners uuid[], refs uuid[])
RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    -- The decisions of these links, each with its undoing under one id.
    roots uuid[];
    n integer;
    total integer := 0;
BEGIN
    roots := ARRAY(
        SELECT coalesce(d.undoes_id, d.id) FROM public.linking_linkdecision d WHERE d.id IN (
            SELECT decision_id FROM public.linking_mergedcase WHERE case_id = ANY (people)
            UNION SELECT decision_id FROM public.linking_caselink WHERE case_id = ANY (people) OR person_id = ANY (people)
            UNION SELECT decision_id FROM public.linking_recordlink WHERE case_id = ANY (people) OR from_case_id = ANY (people)
        )
    );
    DELETE FROM public.linking_restrictedcase WHERE case_id = ANY (people);
    GET DIAGNOSTICS n = ROW_COUNT;
    total := total + n;

    DELETE FROM public.linking_mergedcase WHERE case_id = ANY (people);
    GET DIAGNOSTICS n = ROW_COUNT;
    total := total + n;

    DELETE FROM public.linking_caselink WHERE case_id = ANY (people) OR person_id = ANY (people);
    GET DIAGNOSTICS n = ROW_COUNT;
    total := total + n;

    DELETE FROM public.linking_recordlink x
    WHERE x.case_id = ANY (people) OR x.from_case_id = ANY (people)
    OR EXISTS (
        SELECT FROM unnest(partners, refs) AS e (partner, reference)
        WHERE e.partner = x.partner_id AND e.reference = x.reference
    );
    GET DIAGNOSTICS n = ROW_COUNT;
    total := total + n;

    DELETE FROM public.linking_linkdecision d
    WHERE coalesce(d.undoes_id, d.id) = ANY (roots) AND NOT EXISTS (
        SELECT FROM public.linking_linkdecision s
        WHERE coalesce(s.undoes_id, s.id) = coalesce(d.undoes_id, d.id) AND (
            EXISTS (SELECT FROM public.linking_mergedcase m WHERE m.decision_id = s.id)
            OR EXISTS (SELECT FROM public.linking_caselink l WHERE l.decision_id = s.id)
            OR EXISTS (SELECT FROM public.linking_recordlink x WHERE x.decision_id = s.id)
            OR EXISTS (SELECT FROM public.duplicates_duplicatedecision c WHERE c.merge_id = s.id)
        )
    );
    GET DIAGNOSTICS n = ROW_COUNT;
    RETURN total + n;
END $$;
REVOKE ALL ON FUNCTION henvis_erase_links FROM PUBLIC;

-- Keeps digests of the erased references and of the idempotency keys that stored them, so that neither is taken again; then
-- deletes the answers that were remembered for those keys. Returns how many answers.
-- Called by: `henvis_erase_person`.
-- Raises: nothing of its own.
CREATE OR REPLACE FUNCTION henvis_erase_answers(partners uuid[], refs uuid[], names text[])
RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    answers integer;
BEGIN
    INSERT INTO public.erased_erasedreference (partner_id, digest)
    SELECT e.partner, e.name FROM unnest(partners, names) AS e (partner, name)
    UNION
    SELECT i.partner_id, i.key_digest FROM public.api_idempotencyrecord i
    JOIN unnest(partners, refs) AS e (partner, reference) ON i.partner_id = e.partner AND i.reference = e.reference
    ON CONFLICT DO NOTHING;

    DELETE FROM public.api_idempotencyrecord i USING unnest(partners, refs) AS e (partner, reference)
    WHERE i.partner_id = e.partner AND i.reference = e.reference;
    GET DIAGNOSTICS answers = ROW_COUNT;
    RETURN jsonb_build_object('remembered_answers', answers);
END $$;
REVOKE ALL ON FUNCTION henvis_erase_answers FROM PUBLIC;

-- Deletes what deliveries keep of the person's referrals: rows that wait and results of rows. A row that could not be read has
-- no reference to find it by, so that all files of errors of the partners go that have sent something of the person; so does
-- what these partners said of their own columns and words, where a name may stand that nobody knew as one. Returns how many.
-- Called by: `henvis_erase_person`.
-- Raises: nothing of its own.
CREATE OR REPLACE FUNCTION henvis_erase_deliveries(partners uuid[], refs uuid[])
RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    staged integer;
    results integer;
    files integer;
    mappings integer;
BEGIN
    DELETE FROM public.intake_stagedrow s
    USING public.intake_batch b, unnest(partners, refs) AS e (partner, reference)
    WHERE b.id = s.batch_id AND b.partner_id = e.partner AND s.reference = e.reference;
    GET DIAGNOSTICS staged = ROW_COUNT;

    DELETE FROM public.intake_rowresult w
    USING public.intake_batch b, unnest(partners, refs) AS e (partner, reference)
    WHERE b.id = w.batch_id AND b.partner_id = e.partner AND w.reference = e.reference;
    GET DIAGNOSTICS results = ROW_COUNT;

    DELETE FROM public.intake_errorfile f USING public.intake_batch b
    WHERE b.id = f.batch_id AND b.partner_id = ANY (partners);
    GET DIAGNOSTICS files = ROW_COUNT;

    DELETE FROM public.intake_columnmapping m WHERE m.partner_id = ANY (partners);
    GET DIAGNOSTICS mappings = ROW_COUNT;
    RETURN jsonb_build_object(
        'rows_that_wait', staged, 'results_of_rows', results, 'files_of_errors', files, 'own_words', mappings
    );
END $$;
REVOKE ALL ON FUNCTION henvis_erase_deliveries FROM PUBLIC;

-- Puts the id of the tombstone where the audit and the log of the staff pages name a case of the person: what staff did stays
-- on record. The audit is asked by its index of ids (`auditevent_named`), so that writers do not wait while all of it is read.
-- Called by: `henvis_erase_person`.
-- Raises: nothing of its own.
CREATE OR REPLACE FUNCTION henvis_rename_in_logs(people uuid[], stone uuid)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    person uuid;
BEGIN
    FOREACH person IN ARRAY people LOOP
        UPDATE public.partners_auditevent SET
            subject = replace(subject, person::text, stone::text),
            detail = replace(detail::text, person::text, stone::text)::jsonb
        WHERE regexp_split_to_array(subject || ' ' || detail::text, '[^0-9a-f-]+') @> ARRAY[person::text]
        AND (subject || ' ' || detail::text) ~ '[0-9a-f]{8}-[0-9a-f]{4}-';

        UPDATE public.django_admin_log SET
            object_id = replace(object_id, person::text, stone::text),
            object_repr = replace(object_repr, person::text, stone::text),
            change_message = replace(change_message, person::text, stone::text)
        WHERE strpos(coalesce(object_id, '') || object_repr || change_message, person::text) > 0;
    END LOOP;
END $$;
REVOKE ALL ON FUNCTION henvis_rename_in_logs FROM PUBLIC;

-- Erases a person, for good, and returns the id of the tombstone. `tokens` are digests of the tokens of the cases, `names`
-- digests of the references; both outlive the person, so that what is sent again is refused. `spare` are new tokens, in case
-- records of others need a case. `staff`: NULL where a rule erases.
-- Called by: `henvis_erase`, `henvis_expire`.
-- Raises: DIGEST_MISSING, and what `henvis_begin_erasure` raises.
CREATE OR REPLACE FUNCTION henvis_erase_person(
    staff integer, people uuid[], tokens text[], spare text[], partners uuid[], refs uuid[], names text[], why text
)
RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    stone CONSTANT uuid := gen_random_uuid();
    counts jsonb := jsonb_build_object('cases', cardinality(people), 'referrals', cardinality(refs));
    world boolean;
BEGIN
    PERFORM public.henvis_begin_erasure(staff, people, partners, refs);
    -- Null is no array of any length, and is refused too.
    IF cardinality(tokens) IS DISTINCT FROM cardinality(people) OR cardinality(spare) IS DISTINCT FROM cardinality(people)
        OR cardinality(names) IS DISTINCT FROM cardinality(refs)
    THEN
        PERFORM public.henvis_refuse('DIGEST_MISSING');
    END IF;
    PERFORM public.henvis_keep_first_reports(partners);

    PERFORM set_config('henvis.erase', 'on', true);
    SELECT bool_and(c.test) INTO world FROM public.cases_case c WHERE c.id = ANY (people);
    counts := counts || jsonb_build_object('counted_in_releases', public.henvis_unlink_counts(people, partners));
    counts := counts || public.henvis_erase_records(people, spare, partners, refs, world);
    counts := counts || public.henvis_erase_pairs(people, partners, refs);
    counts := counts || jsonb_build_object('links', public.henvis_erase_links(people, partners, refs));
    DELETE FROM public.cases_case WHERE id = ANY (people);
    counts := counts || public.henvis_erase_answers(partners, refs, names);
    counts := counts || public.henvis_erase_deliveries(partners, refs);
    counts := counts || jsonb_build_object('returns', public.henvis_erase_returns(partners, refs));
    PERFORM public.henvis_rename_in_logs(people, stone);
    PERFORM set_config('henvis.erase', 'off', true);

    INSERT INTO public.erased_tombstone (id, test, erased_at, user_id, reason_code, counts)
    VALUES (stone, world, clock_timestamp(), staff, why, counts);
    INSERT INTO public.erased_erasedtoken (digest, tombstone_id)
    SELECT e.token, stone FROM unnest(tokens) AS e (token) ON CONFLICT DO NOTHING;
    PERFORM public.henvis_audit(NULL, staff, 'case.erase', stone::text, counts || jsonb_build_object('reason_code', why));
    -- A row that was overlooked shows itself here, and not when the transaction has ended.
    SET CONSTRAINTS ALL IMMEDIATE;
    SET CONSTRAINTS ALL DEFERRED;
    RETURN stone;
END $$;
REVOKE ALL ON FUNCTION henvis_erase_person FROM PUBLIC;

-- Erases a person because staff ask for it, as `henvis_erase_person` does.
-- Called by: the web server's role, with the right of the member of staff who asks.
-- Raises: ERASER_RIGHT_MISSING, what `henvis_erase_person` raises, and lock_not_available where a writer holds the lock for
-- five seconds.
CREATE OR REPLACE FUNCTION henvis_erase(
    staff integer, people uuid[], tokens text[], spare text[], partners uuid[], refs uuid[], names text[], why text
)
RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET lock_timeout = '5s' AS $$
BEGIN
    IF staff IS NULL THEN
        PERFORM public.henvis_refuse('ERASER_RIGHT_MISSING');
    END IF;
    RETURN public.henvis_erase_person(staff, people, tokens, spare, partners, refs, names, why);
END $$;
REVOKE ALL ON FUNCTION henvis_erase FROM PUBLIC;
GRANT EXECUTE ON FUNCTION henvis_erase TO henvis_web;
