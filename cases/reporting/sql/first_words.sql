CREATE OR REPLACE FUNCTION henvis_keep_words(partners uuid[])
RETURNS void
LANGUAGE sql
 SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
    INSERT INTO public.reporting_firstword AS kept (partner_id, month, first_at, stood)
    SELECT r.partner_id, r.referred_in, min(r.recorded_at), bool_or(r.superseded_at IS NULL AND r.status <> 'withdrawn')
    FROM public.cases_referral r WHERE r.partner_id = ANY (partners) GROUP BY r.partner_id, r.referred_in
    ON CONFLICT (partner_id, month) DO UPDATE
        SET first_at = least(kept.first_at, excluded.first_at), stood = kept.stood OR excluded.stood
        WHERE excluded.first_at < kept.first_at OR excluded.stood > kept.stood
$$;
REVOKE ALL ON FUNCTION henvis_keep_words FROM PUBLIC;
