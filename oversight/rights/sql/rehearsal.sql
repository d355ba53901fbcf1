-- A rehearsal: what a partner in test mode sent, and empties itself. Nothing of it was ever counted.

-- Deletes what a partner in test mode has sent, and nothing of anybody else: every version of its referrals and assessments,
-- its count reports, what it said of notices and services, its linkage codes, the answers that were remembered for its keys,
-- what is kept of its deliveries, what it confirmed, how its own columns are read, what staff asked about it, and the cases
-- that it opened and that nothing else names.
-- That there were deliveries stays on record, with their counts; so do months that were reported empty, which name nobody.
-- Returns how many rows went; leaves an audit event. At most so many versions of each kind go at once, so that no statement
-- takes long: who asks again gets the rest.
--
-- A row goes only where both its partner and its case are of test mode. While it runs, and only then, the setting
-- `henvis.erase` is on (partners/sql/append_only.sql).
-- Called by: the web server's role, with the client that asks.
-- Raises: REHEARSAL_NOT_TEST.
CREATE OR REPLACE FUNCTION henvis_empty_rehearsal(partner uuid, client bigint, most integer)
RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    sent uuid[];
    decided uuid[];
    opened uuid[];
    referrals integer;
    assessments integer;
    reports integer;
    acknowledgements integer;
    statuses integer;
    codes integer;
    answers integer;
    results integer;
    cases integer;
    counts jsonb;
BEGIN
    -- The partner's writers and erasures wait, as for any writer.
    PERFORM pg_advisory_xact_lock_shared(hashtextextended('henvis.erase', 0));
    PERFORM FROM public.partners_partner p JOIN public.partners_client c ON c.partner_id = p.id
    WHERE p.id = partner AND p.mode = 'TEST' AND p.active AND c.id = client AND 'referrals:write' = ANY (c.scopes)
    FOR NO KEY UPDATE OF p;
    IF NOT FOUND THEN
        PERFORM public.henvis_refuse('REHEARSAL_NOT_TEST');
    END IF;
    sent := ARRAY(
        SELECT r.id FROM public.cases_referral r JOIN public.cases_case c ON c.id = r.case_id AND c.test
        WHERE r.partner_id = partner LIMIT most
    );
    decided := ARRAY(
        SELECT a.id FROM public.cases_assessment a JOIN public.cases_case c ON c.id = a.case_id AND c.test
        WHERE a.partner_id = partner LIMIT most
    );
    opened := ARRAY(
        SELECT c.id FROM public.cases_case c
        WHERE c.opened_by_id = partner AND c.id IN (
            SELECT r.case_id FROM public.cases_referral r WHERE r.id = ANY (sent)
            UNION SELECT a.case_id FROM public.cases_assessment a WHERE a.id = ANY (decided)
        )
    );

    PERFORM set_config('henvis.erase', 'on', true);
    DELETE FROM public.cases_referral r WHERE r.id = ANY (sent);
    GET DIAGNOSTICS referrals = ROW_COUNT;

    DELETE FROM public.cases_assessment a WHERE a.id = ANY (decided);
    GET DIAGNOSTICS assessments = ROW_COUNT;

    DELETE FROM public.services_countreport s WHERE s.id IN (
        SELECT o.id FROM public.services_countreport o WHERE o.partner_id = partner LIMIT most
    );
    GET DIAGNOSTICS reports = ROW_COUNT;

    DELETE FROM public.notices_acknowledgement a WHERE a.id IN (
        SELECT o.id FROM public.notices_acknowledgement o WHERE o.partner_id = partner LIMIT most
    );
    GET DIAGNOSTICS acknowledgements = ROW_COUNT;

    DELETE FROM public.notices_servicestatus s WHERE s.id IN (
        SELECT o.id FROM public.notices_servicestatus o WHERE o.partner_id = partner LIMIT most
    );
    GET DIAGNOSTICS statuses = ROW_COUNT;

    DELETE FROM public.duplicates_linkagecode k WHERE k.partner_id = partner;
    GET DIAGNOSTICS codes = ROW_COUNT;

    DELETE FROM public.api_idempotencyrecord i WHERE i.partner_id = partner;
    GET DIAGNOSTICS answers = ROW_COUNT;

    -- That there were deliveries stays on record. Their keys are free again, as those of single referrals are.
    UPDATE public.intake_batch b SET key_digest = NULL, waits = false,
        state = CASE WHEN b.state IN ('queued', 'running') THEN 'cancelled' ELSE b.state END
    WHERE b.partner_id = partner;
    DELETE FROM public.intake_stagedrow s USING public.intake_batch b WHERE b.id = s.batch_id AND b.partner_id = partner;
    DELETE FROM public.intake_errorfile f USING public.intake_batch b WHERE b.id = f.batch_id AND b.partner_id = partner;
    DELETE FROM public.intake_rowresult w USING public.intake_batch b WHERE b.id = w.batch_id AND b.partner_id = partner;
    GET DIAGNOSTICS results = ROW_COUNT;

    -- The same rows sent again are asked about again, as they were the first time.
    DELETE FROM public.intake_confirmation f WHERE f.partner_id = partner;
    DELETE FROM public.intake_columnmapping m WHERE m.partner_id = partner;

    -- What staff asked of a referral goes with it.
    PERFORM public.henvis_erase_returns(array_agg(r.partner_id), array_agg(r.reference))
    FROM public.returns_return r WHERE r.partner_id = partner AND NOT EXISTS (
        SELECT FROM public.cases_referral v WHERE v.partner_id = r.partner_id AND v.reference = r.reference
    );

    DELETE FROM public.cases_case c
    WHERE c.id = ANY (opened)
    AND NOT EXISTS (SELECT FROM public.cases_referral r WHERE r.case_id = c.id)
    AND NOT EXISTS (SELECT FROM public.cases_assessment a WHERE a.case_id = c.id)
    AND NOT EXISTS (SELECT FROM public.linking_mergedcase m WHERE m.case_id = c.id)
    AND NOT EXISTS (SELECT FROM public.linking_caselink l WHERE l.case_id = c.id OR l.person_id = c.id)
    AND NOT EXISTS (SELECT FROM public.linking_recordlink x WHERE x.case_id = c.id OR x.from_case_id = c.id)
    AND NOT EXISTS (SELECT FROM public.linking_attributedecision d WHERE d.case_id = c.id)
    AND NOT EXISTS (SELECT FROM public.duplicates_duplicate p WHERE p.case_a_id = c.id OR p.case_b_id = c.id)
    AND NOT EXISTS (SELECT FROM public.duplicates_duplicatedecision p WHERE p.case_a_id = c.id OR p.case_b_id = c.id);
    GET DIAGNOSTICS cases = ROW_COUNT;
    PERFORM set_config('henvis.erase', 'off', true);

    counts := jsonb_build_object(
        'referral_versions', referrals, 'assessment_versions', assessments, 'count_versions', reports,
        'acknowledgements', acknowledgements, 'service_statuses', statuses,
        'linkage_codes', codes, 'remembered_answers', answers, 'results_of_rows', results, 'cases', cases
    );
    PERFORM public.henvis_audit(client, NULL, 'rehearsal.empty', partner::text, counts);
    RETURN counts;
END $$;
REVOKE ALL ON FUNCTION henvis_empty_rehearsal FROM PUBLIC;
GRANT EXECUTE ON FUNCTION henvis_empty_rehearsal TO henvis_web;
