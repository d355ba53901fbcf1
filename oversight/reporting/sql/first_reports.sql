-- Keeps when each of these partners first reported for each month, before records are deleted: the reporting calendar must not
-- call a partner late whose records are gone. It keeps every month that a partner ever reported for, and not only those of the
-- records that go, so that the rows point at nobody. What is kept already stays, unless a version is earlier or still stands.
-- Called by: `henvis_erase`, and the owner's purge.
-- Raises: nothing of its own.
CREATE OR REPLACE FUNCTION henvis_keep_first_reports(partners uuid[])
RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    INSERT INTO public.reporting_firstreport AS kept (partner_id, month, first_at, stood)
    SELECT r.partner_id, r.referred_in, min(r.recorded_at), bool_or(r.superseded_at IS NULL AND r.status <> 'withdrawn')
    FROM public.cases_referral r WHERE r.partner_id = ANY (partners) GROUP BY r.partner_id, r.referred_in
    ON CONFLICT (partner_id, month) DO UPDATE
        -- Versions never change, so the kept moment is the earliest already. It is compared all the same: clocks may go back.
        SET first_at = least(kept.first_at, excluded.first_at), stood = kept.stood OR excluded.stood
        WHERE excluded.first_at < kept.first_at OR excluded.stood > kept.stood
$$;
REVOKE ALL ON FUNCTION henvis_keep_first_reports FROM PUBLIC;
