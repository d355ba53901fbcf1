-- The exact figures lie in the schema `build`, which the web server's role cannot enter. These functions are its only way to
-- them: each writes the audit event of a reading before it gives a figure. Each also writes a line to the server's log: a
-- caller that rolls its transaction back takes the audit event with it, but not the line. One reads: a client or a member of
-- staff.

-- Returns exact tables of releases: codes and counts, joined by commas.
-- Called by: the web server's role, for a client or a member of staff with the right to exact figures.
-- Raises: EXACT_READER_MISSING, EXACT_REQUEST_INCOMPLETE.
CREATE OR REPLACE FUNCTION henvis_exact(
    client bigint, staff integer, purpose text, query text, of_dataset text, releases text[], compared text[], tables text[]
)
RETURNS TABLE (release_id text, axes text, codes text, counts text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
BEGIN
    IF num_nonnulls(client, staff) <> 1 THEN
        PERFORM public.henvis_refuse('EXACT_READER_MISSING');
    END IF;
    IF coalesce(purpose, '') = '' OR tables IS NULL OR releases IS NULL OR compared IS NULL OR of_dataset !~ '^[a-z]+$' THEN
        PERFORM public.henvis_refuse('EXACT_REQUEST_INCOMPLETE');
    END IF;
    -- Not through henvis_audit, whose statement would be planned anew for every query.
    INSERT INTO public.partners_auditevent (id, client_id, user_id, action, subject, detail)
    VALUES (gen_random_uuid(), client, staff, 'statistics.exact', of_dataset, jsonb_build_object(
        'purpose', purpose, 'query', query, 'releases', releases, 'compared_with', compared, 'tables', tables
    ));
    RAISE LOG 'henvis: exact figures of % read by client %, user %', of_dataset, client, staff;
    RETURN QUERY
        SELECT t.release_id::text, t.axes::text, array_to_string(t.codes, ','), array_to_string(t.counts, ',')
        FROM build.statistics_releasetable t
        WHERE t.dataset = of_dataset AND t.release_id = ANY (releases || compared) AND t.axes = ANY (tables);
END $$;
REVOKE ALL ON FUNCTION henvis_exact FROM PUBLIC;
GRANT EXECUTE ON FUNCTION henvis_exact TO henvis_web;

-- Returns how many records and cells an exact release has, and its digest. Of a small release figures could be guessed from a
-- digest.
-- Called by: the web server's role, for a client or a member of staff with the right to exact figures.
-- Raises: EXACT_READER_MISSING, EXACT_REQUEST_INCOMPLETE.
CREATE OR REPLACE FUNCTION henvis_exact_totals(client bigint, staff integer, purpose text, release text)
RETURNS TABLE (records jsonb, cells jsonb, digest text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
BEGIN
    IF num_nonnulls(client, staff) <> 1 THEN
        PERFORM public.henvis_refuse('EXACT_READER_MISSING');
    END IF;
    IF coalesce(purpose, '') = '' OR release !~ '^[0-9Qvpa.-]+$' THEN
        PERFORM public.henvis_refuse('EXACT_REQUEST_INCOMPLETE');
    END IF;
    PERFORM public.henvis_audit(client, staff, 'statistics.exact', release, jsonb_build_object(
        'purpose', purpose, 'releases', jsonb_build_array(release)
    ));
    RAISE LOG 'henvis: totals of % read by client %, user %', release, client, staff;
    RETURN QUERY
        SELECT r.records, r.cells, r.digest::text FROM public.statistics_release r
        WHERE r.id = release AND r.audience = 'exact';
END $$;
REVOKE ALL ON FUNCTION henvis_exact_totals FROM PUBLIC;
GRANT EXECUTE ON FUNCTION henvis_exact_totals TO henvis_web;

-- Returns the cells that differ between two exact releases, table by table, joined by commas. A table without a difference has
-- one row of nulls. The dataset and the axes may be null, for all of them.
-- Called by: the web server's role, for a client or a member of staff with the right to exact figures.
-- Raises: EXACT_READER_MISSING, EXACT_REQUEST_INCOMPLETE.
CREATE OR REPLACE FUNCTION henvis_exact_changes(
    client bigint, staff integer, purpose text, query text, release text, since text, of_dataset text, of_axes text
)
RETURNS TABLE (dataset text, axes text, codes text, before text, after text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
BEGIN
    IF num_nonnulls(client, staff) <> 1 THEN
        PERFORM public.henvis_refuse('EXACT_READER_MISSING');
    END IF;
    IF coalesce(purpose, '') = '' OR release !~ '^[0-9Qvpa.-]+$' OR since !~ '^[0-9Qvpa.-]+$' THEN
        PERFORM public.henvis_refuse('EXACT_REQUEST_INCOMPLETE');
    END IF;
    PERFORM public.henvis_audit(client, staff, 'statistics.exact', release, jsonb_build_object(
        'purpose', purpose, 'query', query, 'releases', jsonb_build_array(release), 'compared_with', jsonb_build_array(since)
    ));
    RAISE LOG 'henvis: exact changes of % since % read by client %, user %', release, since, client, staff;
    -- Only tables that both have: of a table that one lacks, nothing is known to have changed.
    RETURN QUERY
        SELECT new.dataset::text, new.axes::text, string_agg(cell.code, ',' ORDER BY cell.code),
               string_agg(cell.before::text, ',' ORDER BY cell.code), string_agg(cell.after::text, ',' ORDER BY cell.code)
        FROM build.statistics_releasetable new
        JOIN build.statistics_releasetable old ON old.release_id = since AND old.dataset = new.dataset AND old.axes = new.axes
        LEFT JOIN LATERAL (
            SELECT coalesce(n.code, o.code) AS code, coalesce(o.count, 0) AS before, coalesce(n.count, 0) AS after
            FROM unnest(new.codes, new.counts) AS n (code, count)
            FULL JOIN unnest(old.codes, old.counts) AS o (code, count) ON o.code = n.code
            WHERE coalesce(o.count, 0) <> coalesce(n.count, 0)
        ) cell ON true
        WHERE new.release_id = release AND coalesce(new.dataset = of_dataset, true) AND coalesce(new.axes = of_axes, true)
        GROUP BY new.dataset, new.axes;
END $$;
REVOKE ALL ON FUNCTION henvis_exact_changes FROM PUBLIC;
GRANT EXECUTE ON FUNCTION henvis_exact_changes TO henvis_web;
