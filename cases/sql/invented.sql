-- That records are invented is said before there are any, once and for ever: raises `restrict_violation` where there are some.
CREATE OR REPLACE FUNCTION henvis_invented_from_the_first() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM public.cases_case) OR EXISTS (SELECT FROM public.cases_referral)
        OR EXISTS (SELECT FROM public.cases_assessment) OR EXISTS (SELECT FROM public.statistics_release)
    THEN
        RAISE EXCEPTION 'There are records already: a database that holds them does not become one of invented records.'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
