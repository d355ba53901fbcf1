-- Nobody is a member of a partner and of the staff at once, whichever row is written first.

-- Refuses the membership of an account that is of the staff.
-- Called by: the trigger `never_staff` of memberships.
-- Raises: check_violation.
CREATE OR REPLACE FUNCTION henvis_member_is_no_staff()
RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    -- Whoever would put the account on the staff meanwhile waits for this lock, and then finds the membership.
    PERFORM FROM public.auth_user WHERE id = NEW.user_id FOR SHARE;
    IF EXISTS (SELECT FROM public.auth_user WHERE id = NEW.user_id AND (is_staff OR is_superuser)) THEN
        RAISE EXCEPTION 'a person of a partner is no staff' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
REVOKE ALL ON FUNCTION henvis_member_is_no_staff FROM PUBLIC;

-- Refuses to put an account on the staff that is a member of a partner.
-- Called by: the trigger `never_member` of accounts.
-- Raises: check_violation.
CREATE OR REPLACE FUNCTION henvis_staff_is_no_member()
RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF (NEW.is_staff OR NEW.is_superuser) AND EXISTS (SELECT FROM public.people_membership WHERE user_id = NEW.id) THEN
        RAISE EXCEPTION 'a person of a partner is no staff' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
REVOKE ALL ON FUNCTION henvis_staff_is_no_member FROM PUBLIC;
