-- Writes the audit event that everything held about a person is produced (article 15), and returns the releases that counted
-- the person.
-- Called by: the web server's role.
-- Raises: PRODUCER_RIGHT_MISSING.
CREATE OR REPLACE FUNCTION henvis_produce(staff integer, people uuid[])
RETURNS TABLE (release_id text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT public.henvis_staff_may(staff, 'erased', 'produce_case') THEN
        PERFORM public.henvis_refuse('PRODUCER_RIGHT_MISSING');
    END IF;
    PERFORM public.henvis_audit(NULL, staff, 'case.produce', people[1]::text, jsonb_build_object('cases', cardinality(people)));
    RETURN QUERY
        SELECT DISTINCT s.release_id::text FROM build.statistics_snapshotrecord s WHERE s.record = ANY (people) ORDER BY 1;
END $$;
REVOKE ALL ON FUNCTION henvis_produce FROM PUBLIC;
GRANT EXECUTE ON FUNCTION henvis_produce TO henvis_web;
