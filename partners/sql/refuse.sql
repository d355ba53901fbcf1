-- Every refusal of the database that a reader is told about goes through this function.

-- Refuses what was asked for. The message is `why`, in plain English; `%s` in it is the subject. DETAIL is the code. It stays
-- the same when the sentence changes, so programs read the code and have their own words for it (`refusals.py` of each room).
-- HINT is the subject, such as the id of a release, or empty.
-- Called by: every function and trigger that refuses. Triggers run with the rights of the writer, so the web server's role may
-- call it too. It does nothing else.
-- Raises: HE001, always.
CREATE OR REPLACE FUNCTION henvis_refuse(code text, why text, subject text DEFAULT '')
RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RAISE EXCEPTION USING ERRCODE = 'HE001', MESSAGE = format(why, subject), DETAIL = code, HINT = subject;
END $$;
REVOKE ALL ON FUNCTION henvis_refuse FROM PUBLIC;
GRANT EXECUTE ON FUNCTION henvis_refuse TO henvis_web;
