-- Refuses to call the records of a database invented once it holds any: that is said before the first record, and for ever.
-- Called by: the trigger `from_the_first` of cases_inventeddata.
-- Raises: restrict_violation.
CREATE OR REPLACE FUNCTION henvis_check_no_records()
RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM public.cases_case) OR EXISTS (SELECT FROM public.cases_referral)
        OR EXISTS (SELECT FROM public.cases_assessment) OR EXISTS (SELECT FROM public.statistics_release)
    THEN
        RAISE EXCEPTION 'There are records already: a database that holds them does not become one of invented records.'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
REVOKE ALL ON FUNCTION henvis_check_no_records FROM PUBLIC;
