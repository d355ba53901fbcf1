-- No live record is stored before its partner has confirmed its agreement, and none for a partner that has a
-- successor. The program asks before; this holds whatever the program forgets.

-- Refuses first versions of records of a live partner, other than the centre, that has confirmed no version of its kind of
-- agreement, or that has a successor. It asks once for each statement, whatever the number of rows. The owner (commands on
-- the server) stores what it likes.
-- Called by: the trigger `agreed` of records.
-- Raises: AGREEMENT_MISSING, PARTNER_SUCCEEDED.
CREATE OR REPLACE FUNCTION henvis_check_agreed()
RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    one record;
BEGIN
    IF public.henvis_owns(TG_RELID) THEN
        RETURN NULL;
    END IF;
    FOR one IN
        SELECT p.id, p.agreement_kind FROM (SELECT DISTINCT partner_id FROM added WHERE version = 1) AS a
        JOIN public.partners_partner p ON p.id = a.partner_id AND p.mode = 'LIVE' AND p.kind <> 'CENTRE'
    LOOP
        IF NOT EXISTS (
            SELECT FROM public.organisations_agreementconfirmation c
            WHERE c.partner_id = one.id AND c.kind = one.agreement_kind
        ) THEN
            PERFORM public.henvis_refuse('AGREEMENT_MISSING');
        END IF;
        IF public.henvis_successor(one.id) IS NOT NULL THEN
            PERFORM public.henvis_refuse('PARTNER_SUCCEEDED');
        END IF;
    END LOOP;
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION henvis_check_agreed FROM PUBLIC;
