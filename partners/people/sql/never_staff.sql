CREATE OR REPLACE FUNCTION henvis_member_is_no_staff()
RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
    -- The lock makes who would become staff meanwhile wait, and find the membership then.
    PERFORM FROM public.auth_user WHERE id = NEW.user_id FOR SHARE;
    IF EXISTS (SELECT FROM public.auth_user WHERE id = NEW.user_id AND (is_staff OR is_superuser)) THEN
        RAISE EXCEPTION 'a person of a partner is no staff' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION henvis_staff_is_no_member()
RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
    IF (NEW.is_staff OR NEW.is_superuser) AND EXISTS (SELECT FROM public.people_membership WHERE user_id = NEW.id) THEN
        RAISE EXCEPTION 'a person of a partner is no staff' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
