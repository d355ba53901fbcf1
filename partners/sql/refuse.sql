-- Every refusal of the database that a reader is told about goes through this function.

-- Refuses what was asked for. The message is the code: what it means stands once, in both languages, in `refusals.py` or
-- `words.py` of each room. DETAIL is the subject, such as the id of a release, or empty.
-- Called by: every function and trigger that refuses. Triggers run with the rights of the writer, so the web server's role may
-- call it too. It does nothing else.
-- Raises: HE001, always.
CREATE OR REPLACE FUNCTION henvis_refuse(code text, subject text DEFAULT '')
RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RAISE EXCEPTION USING ERRCODE = 'HE001', MESSAGE = code, DETAIL = subject;
END $$;
REVOKE ALL ON FUNCTION henvis_refuse FROM PUBLIC;
GRANT EXECUTE ON FUNCTION henvis_refuse TO henvis_web;
