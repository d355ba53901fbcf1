-- What speaks against publishing a release for everybody. None of it forbids to publish: who orders and who approves each say
-- why it is right all the same, and everybody reads both reasons beside the figures.

-- Returns what would speak against publishing a release at a moment, as codes: the period has not ended in Copenhagen
-- (BEFORE_PERIOD_END); fewer reports came than `HENVIS_LEAST_REPORTS` wants (FEW_REPORTS); the calendar announces the figures
-- for another day, or another month while it knows no day (OTHER_DAY). Nothing speaks against a release for authorities.
-- Called by: `henvis_check_grounds`, and the web server's role for the pages on which staff approve.
-- Raises: nothing.
CREATE OR REPLACE FUNCTION henvis_grounds(release text, at timestamptz)
RETURNS text[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce((SELECT array_remove(ARRAY[
        CASE WHEN at AT TIME ZONE 'Europe/Copenhagen' < r.last_month + interval '1 month' THEN 'BEFORE_PERIOD_END' END,
        CASE WHEN p.few_reports THEN 'FEW_REPORTS' END,
        CASE WHEN EXISTS (
            SELECT FROM public.statistics_announceddate a
            WHERE a.period = r.period AND NOT public.henvis_has_ended(a.entry)
            AND NOT EXISTS (
                SELECT FROM public.statistics_announceddate later WHERE later.entry = a.entry AND later.sequence > a.sequence
            )
            AND CASE
                WHEN a.moment IS NULL THEN a.month <> date_trunc('month', at AT TIME ZONE 'Europe/Copenhagen')
                ELSE (a.moment AT TIME ZONE 'Europe/Copenhagen')::date <> (at AT TIME ZONE 'Europe/Copenhagen')::date
            END
        ) THEN 'OTHER_DAY' END
    ], NULL)
    FROM public.statistics_release r LEFT JOIN build.statistics_proof p ON p.release_id = r.id
    WHERE r.id = release AND r.audience = 'public'), '{}')
$$;
REVOKE ALL ON FUNCTION henvis_grounds FROM PUBLIC;
GRANT EXECUTE ON FUNCTION henvis_grounds TO henvis_web;

-- Whether a reason says something: in both languages at least twenty characters, ten of them letters, as the program's
-- `is_reason` has it.
-- Called by: `henvis_check_grounds`, `henvis_begin_withdrawal` and `henvis_refuse_draft`.
-- Raises: nothing.
CREATE OR REPLACE FUNCTION henvis_is_reason(da text, en text)
RETURNS boolean
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce(bool_and(length(btrim(said)) >= 20 AND length(regexp_replace(said, '[^[:alpha:]]', '', 'g')) >= 10), false)
    FROM unnest(ARRAY[coalesce(da, ''), coalesce(en, '')]) AS said
$$;
REVOKE ALL ON FUNCTION henvis_is_reason FROM PUBLIC;

-- Refuses to publish a release at a moment against what speaks against it, unless its order and its approver each say why.
-- Returns what speaks against it.
-- Called by: `henvis_make_public` and `henvis_schedule`.
-- Raises: ORDER_REASON_MISSING, APPROVAL_REASON_MISSING.
CREATE OR REPLACE FUNCTION henvis_check_grounds(release text, at timestamptz, why_da text, why_en text)
RETURNS text[]
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    grounds text[] := public.henvis_grounds(release, at);
BEGIN
    IF cardinality(grounds) > 0 THEN
        IF NOT EXISTS (
            SELECT FROM public.statistics_release r
            WHERE r.id = release AND public.henvis_is_reason(r.reason_da, r.reason_en)
        ) THEN
            PERFORM public.henvis_refuse('ORDER_REASON_MISSING', release);
        END IF;
        IF NOT public.henvis_is_reason(why_da, why_en) THEN
            PERFORM public.henvis_refuse('APPROVAL_REASON_MISSING', release);
        END IF;
    END IF;
    RETURN grounds;
END $$;
REVOKE ALL ON FUNCTION henvis_check_grounds FROM PUBLIC;
