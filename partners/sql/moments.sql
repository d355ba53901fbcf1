-- The database says when something was recorded, decided or ended, whatever a statement says. Nobody dates a row back, neither
-- the role of the web server nor the owner's program. A release counts what was recorded by its moment, so a row of an earlier
-- moment would change what was published.
--
-- A transaction has one moment. `henvis_take_moment` reads it from the clock once the transaction's locks are held, so that a
-- version ends when the next one begins. Anybody may set `henvis.moment`, to no avail: a moment outside the transaction is
-- ignored.

-- Takes the moment of this transaction from the clock, and returns it. It names `pg_catalog` and sets no search path, so that
-- PostgreSQL can put its body into the statement that calls it.
-- Called by: whoever writes, once its locks are held.
-- Raises: nothing.
CREATE OR REPLACE FUNCTION henvis_take_moment()
RETURNS timestamptz
LANGUAGE sql AS $$
    SELECT pg_catalog.set_config('henvis.moment', pg_catalog.clock_timestamp()::pg_catalog.text, true)::pg_catalog.timestamptz
$$;

-- Returns the moment of this transaction, or what the clock says where none was taken.
-- Called by: triggers, with the rights of the writer.
-- Raises: nothing.
CREATE OR REPLACE FUNCTION henvis_moment()
RETURNS timestamptz
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    taken CONSTANT timestamptz := nullif(current_setting('henvis.moment', true), '')::timestamptz;
BEGIN
    IF taken BETWEEN transaction_timestamp() AND clock_timestamp() THEN
        RETURN taken;
    END IF;
    RETURN clock_timestamp();
END $$;

-- Whether a row of this table may carry a moment of its own. The writer is the table's owner, and it is one of three: an
-- erasure, which keeps the moments of what it moves; with the word `restore`, what comes back after a restore; with the word
-- `history:table`, a database of invented records, whose history is made up. Of such a database this table has a row.
-- Called by: triggers, with the rights of the writer and with their arguments.
-- Raises: nothing.
CREATE OR REPLACE FUNCTION henvis_may_date(relation oid, words text[])
RETURNS boolean
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    erasing CONSTANT boolean := coalesce(current_setting('henvis.erase', true), '') = 'on';
    restoring CONSTANT boolean := coalesce(current_setting('henvis.restore', true), '') = 'on';
    inventing CONSTANT boolean := coalesce(current_setting('henvis.history', true), '') = 'on';
    word text;
    invented boolean;
BEGIN
    IF NOT (erasing OR restoring OR inventing) THEN
        RETURN false;
    END IF;
    IF current_user IS DISTINCT FROM (SELECT pg_get_userbyid(relowner) FROM pg_class WHERE oid = relation) THEN
        RETURN false;
    END IF;
    IF erasing OR restoring AND 'restore' = ANY (words) THEN
        RETURN true;
    END IF;
    IF inventing THEN
        FOREACH word IN ARRAY coalesce(words, '{}') LOOP
            IF word LIKE 'history:%' THEN
                EXECUTE format('SELECT EXISTS (SELECT FROM %s)', split_part(word, ':', 2)::regclass) INTO invented;
                RETURN invented;
            END IF;
        END LOOP;
    END IF;
    RETURN false;
END $$;

-- Sets when a version or a link was recorded, and when it was superseded. The trigger's arguments are words of
-- `henvis_may_date`.
-- Called by: the trigger `set_moment` of tables of versions.
-- Raises: nothing.
CREATE OR REPLACE FUNCTION henvis_set_moments()
RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF public.henvis_may_date(TG_RELID, TG_ARGV) THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'INSERT' THEN
        NEW.recorded_at := public.henvis_moment();
        NEW.superseded_at := NULL;
    ELSIF OLD.superseded_at IS NULL AND NEW.superseded_at IS NOT NULL THEN
        NEW.superseded_at := public.henvis_moment();
    END IF;
    RETURN NEW;
END $$;

-- Sets the column that the trigger's first argument names: to the transaction's moment; with `begun` to the transaction's
-- beginning; with `now` to what the clock says, so that the acts of one transaction stand in their order. Further arguments are
-- words of `henvis_may_date`.
-- Called by: the trigger `set_moment` of all other tables.
-- Raises: nothing.
CREATE OR REPLACE FUNCTION henvis_set_moment()
RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    moment timestamptz;
BEGIN
    IF public.henvis_may_date(TG_RELID, TG_ARGV) THEN
        RETURN NEW;
    END IF;
    moment := CASE TG_ARGV[1]
        WHEN 'begun' THEN transaction_timestamp() WHEN 'now' THEN clock_timestamp() ELSE public.henvis_moment()
    END;
    RETURN jsonb_populate_record(NEW, jsonb_build_object(TG_ARGV[0], moment));
END $$;

REVOKE ALL ON FUNCTION henvis_take_moment, henvis_moment, henvis_may_date, henvis_set_moments, henvis_set_moment FROM PUBLIC;
GRANT EXECUTE ON FUNCTION henvis_take_moment, henvis_moment, henvis_may_date TO henvis_web;
