-- When something was recorded, decided or ended is said by the database, whatever a statement says: nobody dates a row back, neither
-- the role of the web server nor the owner's program. A release counts what was recorded by its moment, so a row of an earlier
-- moment would change what was published.
--
-- A transaction has one moment, which `henvis_take_moment` reads from the clock once its locks are held, so that a version ends when
-- the next one begins. Anybody may set `henvis.moment`, to no avail: what does not lie within the transaction is not heeded.

-- Who may call it: everybody who writes. The moment of this transaction from now on.
CREATE OR REPLACE FUNCTION henvis_take_moment() RETURNS timestamptz LANGUAGE sql AS $$
    SELECT pg_catalog.set_config('henvis.moment', pg_catalog.clock_timestamp()::pg_catalog.text, true)::pg_catalog.timestamptz
$$;

-- Who may call it: triggers. The moment of this transaction; the clock where none was taken.
CREATE OR REPLACE FUNCTION henvis_moment() RETURNS timestamptz
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    taken CONSTANT timestamptz := nullif(current_setting('henvis.moment', true), '')::timestamptz;
BEGIN
    IF taken BETWEEN transaction_timestamp() AND clock_timestamp() THEN
        RETURN taken;
    END IF;
    RETURN clock_timestamp();
END $$;

-- Who may call it: triggers. Whether a row of this table may say for itself of when it is: written by the table's owner, either in an
-- erasure, which keeps the moments of what it moves; or of a tombstone that comes back after a restore; or in a database of
-- invented records, where history is made up, with `henvis.history` on.
CREATE OR REPLACE FUNCTION henvis_says_when(relation oid) RETURNS boolean
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF coalesce(current_setting('henvis.history', true), '') <> 'on'
        AND coalesce(current_setting('henvis.erase', true), '') <> 'on'
        AND coalesce(current_setting('henvis.restore', true), '') <> 'on'
    THEN
        RETURN false;
    END IF;
    IF current_user <> (SELECT pg_get_userbyid(relowner) FROM pg_class WHERE oid = relation) THEN
        RETURN false;
    END IF;
    RETURN coalesce(current_setting('henvis.erase', true), '') = 'on'
        OR (coalesce(current_setting('henvis.restore', true), '') = 'on' AND relation = 'public.erased_tombstone'::regclass)
        OR (coalesce(current_setting('henvis.history', true), '') = 'on' AND EXISTS (SELECT FROM public.cases_inventeddata));
END $$;

-- Of versions and links: when they were recorded, and when they were superseded.
CREATE OR REPLACE FUNCTION henvis_set_moments() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF public.henvis_says_when(TG_RELID) THEN
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

-- Of everything else: the column that the trigger names is the transaction's moment; with `begun` its beginning; with `now` what the
-- clock says, so that the acts of a transaction stand in their order.
CREATE OR REPLACE FUNCTION henvis_set_moment() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    moment timestamptz;
BEGIN
    IF public.henvis_says_when(TG_RELID) THEN
        RETURN NEW;
    END IF;
    moment := CASE TG_ARGV[1]
        WHEN 'begun' THEN transaction_timestamp() WHEN 'now' THEN clock_timestamp() ELSE public.henvis_moment()
    END;
    RETURN jsonb_populate_record(NEW, jsonb_build_object(TG_ARGV[0], moment));
END $$;

REVOKE ALL ON FUNCTION henvis_moment, henvis_says_when FROM PUBLIC;
GRANT EXECUTE ON FUNCTION henvis_take_moment, henvis_moment, henvis_says_when TO henvis_web;
