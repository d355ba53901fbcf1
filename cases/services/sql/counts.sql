-- Count reports: versions that end only where the next one begins.

-- Refuses a version of a count report that ended without a next one, as `henvis_check_succession` does for records. A row that
-- was deleted with a rehearsal needs no next one.
-- Called by: the deferred trigger `succeeded` of services_countreport.
-- Raises: restrict_violation.
CREATE OR REPLACE FUNCTION henvis_check_count_succession()
RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NEW.superseded_at IS NOT DISTINCT FROM OLD.superseded_at THEN
        RETURN NULL;
    END IF;
    IF EXISTS (SELECT FROM public.services_countreport WHERE id = NEW.id) AND NOT EXISTS (
        SELECT FROM public.services_countreport v
        WHERE v.partner_id = NEW.partner_id AND v.form = NEW.form AND v.period = NEW.period
        AND v.version = NEW.version + 1 AND v.recorded_at = NEW.superseded_at
    ) THEN
        RAISE EXCEPTION 'a version of % is superseded by none', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION henvis_check_count_succession FROM PUBLIC;
