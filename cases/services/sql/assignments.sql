-- Who may say which partner reports which form. It holds for every role, the owner of the table too.

-- Lets an assignment in by active staff with the right to it, for a partner in live mode: in test mode nothing is expected.
-- Called by: the trigger `may_assign` of services_countassignment.
-- Raises: COUNT_ASSIGNMENT_RIGHT_MISSING, COUNT_ASSIGNMENT_OF_TEST.
CREATE OR REPLACE FUNCTION henvis_check_count_assignment()
RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT public.henvis_staff_may(NEW.user_id, 'services', 'add_countassignment') THEN
        PERFORM public.henvis_refuse('COUNT_ASSIGNMENT_RIGHT_MISSING');
    END IF;
    IF NOT EXISTS (SELECT FROM public.partners_partner p WHERE p.id = NEW.partner_id AND p.mode = 'LIVE') THEN
        PERFORM public.henvis_refuse('COUNT_ASSIGNMENT_OF_TEST');
    END IF;
    RETURN NEW;
END $$;
REVOKE ALL ON FUNCTION henvis_check_count_assignment FROM PUBLIC;
