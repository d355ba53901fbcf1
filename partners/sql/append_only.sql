-- What is stored does not change: the database refuses it, whoever asks. There are two exceptions, and both need the owner of
-- the table, so that the web server's role gains nothing by the setting:
--
--   henvis.erase   an erasure (`henvis_erase`) deletes rows of a person, and unties from the person what stays
--   henvis.purge   a command deletes referrals of a partner in test mode
--
-- The tables and columns of both are named here. No setting lets a release be changed.

-- Refuses UPDATE and DELETE of a row. The trigger's arguments name columns that an UPDATE may set from null, once.
-- Called by: the trigger `append_only` of each table.
-- Raises: restrict_violation.
CREATE OR REPLACE FUNCTION henvis_append_only()
RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
    allowed text[] := coalesce(TG_ARGV::text[], '{}');
    erasing CONSTANT boolean := coalesce(current_setting('henvis.erase', true), '') = 'on'
        AND current_user = (SELECT pg_catalog.pg_get_userbyid(relowner) FROM pg_catalog.pg_class WHERE oid = TG_RELID);
    erasable CONSTANT text[] := ARRAY[
        'cases_case', 'cases_referral', 'cases_assessment', 'linking_linkdecision', 'linking_mergedcase', 'linking_caselink',
        'linking_recordlink', 'linking_attributedecision', 'duplicates_duplicatedecision'
    ];
    movable text[];
    name text;
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF erasing AND TG_TABLE_NAME = ANY (erasable) THEN
            RETURN OLD;
        END IF;
        IF TG_TABLE_NAME = 'cases_referral' AND coalesce(current_setting('henvis.purge', true), '') = 'on'
            AND current_user = (SELECT pg_catalog.pg_get_userbyid(relowner) FROM pg_catalog.pg_class WHERE oid = TG_RELID)
        THEN
            RETURN OLD;
        END IF;
        RAISE EXCEPTION '% is append-only: DELETE refused', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
    END IF;
    IF erasing THEN
        -- The columns by which a row that stays leads to a case that goes.
        movable := CASE TG_TABLE_NAME
            WHEN 'cases_referral' THEN '{case_id}'
            WHEN 'cases_assessment' THEN '{case_id}'
            WHEN 'linking_recordlink' THEN '{from_case_id}'
            WHEN 'statistics_snapshotrecord' THEN '{record}'
            WHEN 'statistics_erasedknowledge' THEN '{record}'
            WHEN 'partners_auditevent' THEN '{subject,detail}'
            ELSE '{}'
        END;
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
REVOKE ALL ON FUNCTION henvis_append_only FROM PUBLIC;

-- Refuses TRUNCATE, which fires no trigger of rows.
-- Called by: the trigger `never_emptied` of each table.
-- Raises: restrict_violation.
CREATE OR REPLACE FUNCTION henvis_refuse_truncate()
RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only: TRUNCATE refused', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
REVOKE ALL ON FUNCTION henvis_refuse_truncate FROM PUBLIC;
