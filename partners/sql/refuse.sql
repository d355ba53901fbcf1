CREATE OR REPLACE FUNCTION henvis_refuse(why text)
RETURNS void
LANGUAGE plpgsql
AS $$
BEGIN
    RAISE EXCEPTION '%', why USING ERRCODE = 'HE001';
END $$;
REVOKE ALL ON FUNCTION henvis_refuse FROM PUBLIC;

CREATE OR REPLACE FUNCTION henvis_audit(client bigint, staff integer, action text, subject text, detail jsonb)
RETURNS void
LANGUAGE sql
 SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
    INSERT INTO public.partners_auditevent (id, client_id, user_id, action, subject, detail)
    VALUES (gen_random_uuid(), client, staff, action, subject, detail)
$$;
REVOKE ALL ON FUNCTION henvis_audit FROM PUBLIC;
