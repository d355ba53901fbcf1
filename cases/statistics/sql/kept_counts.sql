-- What an erasure keeps of the counts that it would make impossible: of each release that counted the person her record's hash and
-- the places of her codes among those that the release counts by, and no name, case, token, reference or partner.
--
-- Who may call it: the role of the web server, in the transaction in which it erases. Raises HE001 where nobody of the live world is
-- erased in it: no release counts those of the test world.
CREATE OR REPLACE FUNCTION henvis_keep_counted(stone uuid, kept jsonb) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM public.erased_tombstone t WHERE t.id = stone AND NOT t.test AND t.erased_at >= transaction_timestamp()
    ) THEN
        PERFORM public.henvis_refuse('What a release counted is kept while a person is erased.');
    END IF;
    INSERT INTO build.statistics_erasedcount (release_id, dataset, hash, month, leaves)
    SELECT k.release, k.dataset, decode(k.hash, 'hex'), k.month, k.leaves
    FROM jsonb_to_recordset(kept) AS k (release text, dataset text, hash text, month date, leaves smallint[]);
END $$;
REVOKE ALL ON FUNCTION henvis_keep_counted FROM PUBLIC;
GRANT EXECUTE ON FUNCTION henvis_keep_counted TO henvis_web;
