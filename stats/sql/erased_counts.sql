-- Keeps the counts that an erasure would otherwise make impossible to repeat. Of each release that counted the person it keeps
-- the hash of the record and the places of its codes among those that the release counts by; and no name, case, token,
-- reference or partner.
-- Called by: the web server's role, in the transaction in which it erases.
-- Raises: ERASURE_NOT_RUNNING where nobody of the live world is erased in this transaction. No release counts those of the test
-- world.
CREATE OR REPLACE FUNCTION henvis_keep_counts(stone uuid, kept jsonb)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM public.erased_tombstone t WHERE t.id = stone AND NOT t.test AND t.erased_at >= transaction_timestamp()
    ) THEN
        PERFORM public.henvis_refuse('ERASURE_NOT_RUNNING');
    END IF;
    INSERT INTO build.statistics_erasedcount (release_id, dataset, hash, month, leaves)
    SELECT k.release, k.dataset, decode(k.hash, 'hex'), k.month, k.leaves
    FROM jsonb_to_recordset(kept) AS k (release text, dataset text, hash text, month date, leaves smallint[]);
END $$;
REVOKE ALL ON FUNCTION henvis_keep_counts FROM PUBLIC;
GRANT EXECUTE ON FUNCTION henvis_keep_counts TO henvis_web;
