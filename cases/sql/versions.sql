CREATE OR REPLACE FUNCTION henvis_succeeded()
RETURNS trigger
LANGUAGE plpgsql
AS $$
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
