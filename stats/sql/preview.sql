-- The cells of drafts lie in the schema `build`, which the web server's role cannot enter. This function is its only way to
-- them.

-- Returns the tables of a draft as they would be published: the codes and counts of shown cells, the hidden cells, those of
-- them that the symbol tells, whether the table is offered, and what is told of its hidden cells as an object of [least, most]
-- by code (most null: no bound). A table of sums of counts has its measure; one of persons has none. It gives protected cells
-- and nothing else of the draft: not its certificate, its report, its records or the reports that it counted. It writes the
-- audit event of the look before it gives a cell, and a line to the server's log: a caller that rolls its transaction back
-- takes the audit event with it, but not the line.
--
-- A draft whose proof failed is no better than exact cells; one whose proof is stale may tell more than it should beside what
-- was published since. Neither can be published, so neither is shown. Whoever may order builds may see every draft, not only
-- the own ones: the same order again has the same draft.
-- Called by: the web server's role, for staff who may order builds or publish what was built.
-- Raises: PREVIEW_RIGHT_MISSING, and what `henvis_check_draft` raises.
CREATE OR REPLACE FUNCTION henvis_preview(release text, staff integer)
RETURNS TABLE (
    dataset text, measure text, axes text, codes text[], counts bigint[], hidden text[], symbol int, within text[],
    offered bool, told jsonb
)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
BEGIN
    IF NOT public.henvis_staff_may(staff, 'statistics', 'approve_release')
       AND NOT public.henvis_staff_may(staff, 'statistics', 'add_buildorder') THEN
        PERFORM public.henvis_refuse('PREVIEW_RIGHT_MISSING');
    END IF;
    PERFORM public.henvis_check_draft(release);

    PERFORM public.henvis_audit(NULL, staff, 'release.preview', release, '{}');
    RAISE LOG 'henvis: draft % looked at by user %', release, staff;
    RETURN QUERY
        SELECT t.dataset::text, '', t.axes::text, t.codes, t.counts::bigint[], t.hidden, t.symbol::int, t.within, t.offered, (
            SELECT jsonb_object_agg(cell.code, jsonb_build_array(cell.least, cell.most))
            FROM build.statistics_drafttold d, unnest(d.codes, d.least, d.most) AS cell (code, least, most)
            WHERE d.release_id = release AND d.of_id = release AND d.dataset = t.dataset AND d.axes = t.axes
        )
        FROM build.statistics_protectedtable t WHERE t.release_id = release
        UNION ALL
        SELECT t.dataset::text, t.measure::text, t.axes::text, t.codes, t.counts, t.hidden, NULL, '{}', true, (
            SELECT jsonb_object_agg(cell.code, jsonb_build_array(cell.least, cell.most))
            FROM build.statistics_draftsumtold d, unnest(d.codes, d.least, d.most) AS cell (code, least, most)
            WHERE d.release_id = release AND d.of_id = release AND d.dataset = t.dataset AND d.measure = t.measure
                AND d.axes = t.axes
        )
        FROM build.statistics_draftsumtable t WHERE t.release_id = release;
END $$;
REVOKE ALL ON FUNCTION henvis_preview FROM PUBLIC;
GRANT EXECUTE ON FUNCTION henvis_preview TO henvis_web;
