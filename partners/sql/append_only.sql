CREATE OR REPLACE FUNCTION henvis_append_only()
RETURNS trigger
LANGUAGE plpgsql
AS $$
DECLARE
    allowed text[] := coalesce(TG_ARGV::text[], '{}');
    erasing CONSTANT boolean := coalesce(current_setting('henvis.erase', true), '') = 'on' AND current_user = (SELECT pg_catalog.pg_get_userbyid(relowner) FROM pg_catalog.pg_class WHERE oid = TG_RELID);
    movable text[];
    name text;
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF erasing AND TG_TABLE_NAME = ANY ('{cases_case,cases_referral,cases_assessment,linking_linkdecision,linking_mergedcase,linking_caselink,linking_recordlink,linking_attributedecision,duplicates_duplicatedecision}'::text[]) THEN
            RETURN OLD;
        END IF;
        IF TG_TABLE_NAME = 'cases_referral' AND coalesce(current_setting('henvis.purge', true), '') = 'on' AND current_user = (SELECT pg_catalog.pg_get_userbyid(relowner) FROM pg_catalog.pg_class WHERE oid = TG_RELID) THEN
            RETURN OLD;
        END IF;
        RAISE EXCEPTION '% is append-only: DELETE refused', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
    END IF;
    IF erasing THEN
        movable := CASE TG_TABLE_NAME
            WHEN 'cases_referral' THEN '{case_id}' WHEN 'cases_assessment' THEN '{case_id}' WHEN 'linking_recordlink' THEN '{from_case_id}' WHEN 'statistics_snapshotrecord' THEN '{record}' WHEN 'statistics_erasedknowledge' THEN '{record}' WHEN 'partners_auditevent' THEN '{subject,detail}' ELSE '{}' END;
        IF to_jsonb(NEW) - movable = to_jsonb(OLD) - movable THEN
            RETURN NEW;
        END IF;
    END IF;
    IF to_jsonb(NEW) - allowed <> to_jsonb(OLD) - allowed THEN
        RAISE EXCEPTION '% is append-only: UPDATE refused', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
    END IF;
    FOREACH name IN ARRAY allowed LOOP
        IF to_jsonb(OLD) -> name <> 'null'::jsonb THEN
            RAISE EXCEPTION '% is append-only: UPDATE refused', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
        END IF;
    END LOOP;
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION henvis_never_emptied()
RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
    RAISE EXCEPTION '% is append-only: TRUNCATE refused', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
