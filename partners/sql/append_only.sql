-- What is stored does not change: the database refuses it, whoever asks. There are three exceptions, and all need the owner of
-- the table, so that the web server's role gains nothing by the setting:
--
--   henvis.erase   an erasure (`henvis_erase_person`) deletes rows of a person, and unties from the person what stays
--   henvis.expire  what nobody keeps any longer goes (`henvis_forget`)
--   henvis.purge   a command deletes referrals of a partner in test mode
--
-- The trigger of each table says what they may do to its rows. That of a release lets none do anything.

-- Refuses UPDATE and DELETE of a row, but for what the trigger's arguments name:
--
--   column          an UPDATE may set it from null, once
--   erase           an erasure may delete the row
--   erase:column    an erasure may change it: the row stays, and leads to a case that goes
--   expire          it may be deleted when its time is over
--   purge           a purge may delete the row
-- Called by: the trigger `append_only` of each table.
-- Raises: restrict_violation.
CREATE OR REPLACE FUNCTION henvis_append_only()
RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    -- All of them are taken for columns. The other words are the name of none, so that they take nothing away.
    allowed CONSTANT text[] := coalesce(TG_ARGV::text[], '{}');
    erasing boolean := coalesce(current_setting('henvis.erase', true), '') = 'on';
    expiring boolean := coalesce(current_setting('henvis.expire', true), '') = 'on';
    purging boolean := coalesce(current_setting('henvis.purge', true), '') = 'on';
    movable text[];
    name text;
BEGIN
    IF (erasing OR expiring OR purging)
        AND current_user IS DISTINCT FROM (SELECT pg_get_userbyid(relowner) FROM pg_class WHERE oid = TG_RELID)
    THEN
        erasing := false;
        expiring := false;
        purging := false;
    END IF;
    IF TG_OP = 'DELETE' THEN
        IF erasing AND 'erase' = ANY (allowed) OR expiring AND 'expire' = ANY (allowed) OR purging AND 'purge' = ANY (allowed)
        THEN
            RETURN OLD;
        END IF;
        RAISE EXCEPTION '% is append-only: DELETE refused', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
    END IF;
    IF erasing THEN
        movable := ARRAY(SELECT split_part(word, ':', 2) FROM unnest(allowed) AS word WHERE word LIKE 'erase:%');
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
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RAISE EXCEPTION '% is append-only: TRUNCATE refused', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
REVOKE ALL ON FUNCTION henvis_refuse_truncate FROM PUBLIC;
