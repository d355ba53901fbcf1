-- Refuses a version of a referral or an assessment that ended without a next one: a version ends when the next one begins, at
-- the same moment. Asked when the transaction ends, because the next version is written after the end of the one before. A row
-- that an erasure moved to another case does not end, and a row that it deleted needs no next one.
-- Called by: the deferred trigger `succeeded` of both tables.
-- Raises: restrict_violation.
CREATE OR REPLACE FUNCTION henvis_check_succession()
RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    found boolean;
BEGIN
    IF NEW.superseded_at IS NOT DISTINCT FROM OLD.superseded_at THEN
        RETURN NULL;
    END IF;
    IF TG_TABLE_NAME = 'cases_referral' THEN
        found := NOT EXISTS (SELECT FROM public.cases_referral WHERE id = NEW.id) OR EXISTS (
            SELECT FROM public.cases_referral v
            WHERE v.partner_id = NEW.partner_id AND v.reference = NEW.reference
            AND v.version = NEW.version + 1 AND v.recorded_at = NEW.superseded_at
        );
    ELSE
        found := NOT EXISTS (SELECT FROM public.cases_assessment WHERE id = NEW.id) OR EXISTS (
            SELECT FROM public.cases_assessment v
            WHERE v.partner_id = NEW.partner_id AND v.case_id = NEW.case_id
            AND v.version = NEW.version + 1 AND v.recorded_at = NEW.superseded_at
        );
    END IF;
    IF NOT found THEN
        RAISE EXCEPTION 'a version of % is superseded by none', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION henvis_check_succession FROM PUBLIC;
