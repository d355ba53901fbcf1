-- What partners knew together they go on knowing, also once staff have cleared their umbrella. The proofs of releases have it,
-- which the web server's role cannot read: they tell of true counts.

-- Returns the partners that a published release took together, a row for each umbrella and partner. Nothing else of the proofs.
-- Called by: the web server's role, for figures on partners, where who shares what it knows is one.
-- Raises: nothing.
CREATE OR REPLACE FUNCTION henvis_published_umbrellas()
RETURNS TABLE (umbrella text, partner uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT DISTINCT together.id, member.id::uuid
    FROM build.statistics_proof p
    JOIN public.statistics_publication published ON published.release_id = p.release_id
    CROSS JOIN LATERAL jsonb_each(coalesce(p.report -> 'umbrellas', '{}')) AS together (id, partners)
    CROSS JOIN LATERAL jsonb_array_elements_text(together.partners) AS member (id)
$$;
REVOKE ALL ON FUNCTION henvis_published_umbrellas FROM PUBLIC;
GRANT EXECUTE ON FUNCTION henvis_published_umbrellas TO henvis_web;
