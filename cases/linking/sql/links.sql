-- Refuses a link or a decided attribute that ended for no reason. A link ends by a decision, at its moment; a decided attribute
-- by the next one. Asked when the transaction ends, because the reason may be written after the end, and an erasure may have
-- taken both. A link that an erasure moved to another case does not end, and one that it deleted needs no decision any more.
-- Called by: the deferred trigger `ended` of links and decided attributes.
-- Raises: restrict_violation.
CREATE OR REPLACE FUNCTION henvis_check_end()
RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    found boolean;
BEGIN
    IF NEW.superseded_at IS NOT DISTINCT FROM OLD.superseded_at THEN
        RETURN NULL;
    END IF;
    IF TG_TABLE_NAME = 'linking_attributedecision' THEN
        found := NOT EXISTS (SELECT FROM public.linking_attributedecision WHERE id = NEW.id) OR EXISTS (
            SELECT FROM public.linking_attributedecision v
            WHERE v.case_id = NEW.case_id AND v.field = NEW.field AND v.recorded_at = NEW.superseded_at AND v.id <> NEW.id
        );
    ELSE
        found := (TG_TABLE_NAME = 'linking_caselink' AND NOT EXISTS (SELECT FROM public.linking_caselink WHERE id = NEW.id))
            OR (TG_TABLE_NAME = 'linking_recordlink' AND NOT EXISTS (SELECT FROM public.linking_recordlink WHERE id = NEW.id))
            OR EXISTS (SELECT FROM public.linking_linkdecision WHERE decided_at = NEW.superseded_at);
    END IF;
    IF NOT found THEN
        RAISE EXCEPTION 'a row of % is ended by no decision', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION henvis_check_end FROM PUBLIC;
