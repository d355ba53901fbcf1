-- What gives access to records, and who may write it. The owner (commands on the server) writes what it likes. Any other role
-- writes a client, an invitation, a secret or a member of a partner only where these functions find the reason for it:
--
--   a client       one member of staff asked for it and another approved it, exactly as it is; or it is the test client of the
--                  twin that a live partner has in test mode, which opens nothing live; or it is the client of a partner's
--                  desk, which opens nothing at all, since nobody, the owner neither, can give it a secret
--   an invitation  likewise; or a manager of the partner makes it, for that partner and a new account. One that brings an
--                  account back takes two everywhere: two of staff, two managers of the partner, or one of each
--   a secret       a manager of the client's partner makes it, or of the live partner whose twin that is; never staff
--   a member       comes by an open invitation, to its partner and its role
--
-- The web server's role calls `henvis_decide`, because it cannot write a decision itself. The triggers run with the rights of
-- the writer, so that they recognise the owner.

-- Whether the current role owns this table, or is a member of the role that does.
-- Called by: the triggers below, with the rights of the writer.
-- Raises: nothing.
CREATE OR REPLACE FUNCTION henvis_owns(relation oid)
RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT pg_has_role(current_user, c.relowner, 'USAGE') FROM pg_class c WHERE c.oid = relation
$$;

-- Whether this account is active and a manager of this partner.
-- Called by: the triggers below, with the rights of the writer.
-- Raises: nothing.
CREATE OR REPLACE FUNCTION henvis_manages(person integer, partner uuid)
RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT EXISTS (
        SELECT FROM public.people_membership m JOIN public.auth_user u ON u.id = m.user_id
        WHERE m.user_id = person AND m.partner_id = partner AND m.role = 'MANAGER' AND u.is_active
    )
$$;

-- Approves or refuses a request: once, within seven days, with its audit event. Approving takes two members of staff who both
-- still have the right to ask for such a thing. Where an account of a partner is brought back, either may be a manager of that
-- partner instead, but never the person of the account. Who asked may take the request back.
-- Called by: the web server's role.
-- Raises: REQUEST_NOT_WAITING, APPROVED_BY_REQUESTER, REQUEST_RIGHT_MISSING.
CREATE OR REPLACE FUNCTION henvis_decide(request uuid, staff integer, approve boolean)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    asked public.partners_accessrequest;
    app text;
    needed text;
    brings_back boolean;
    may_decide boolean;
    may_ask boolean;
BEGIN
    -- The lock makes a second decision wait, and find the first.
    SELECT * INTO asked FROM public.partners_accessrequest r WHERE r.id = request FOR UPDATE;
    IF asked.id IS NULL OR asked.asked_at < statement_timestamp() - interval '7 days' OR EXISTS (
        SELECT FROM public.partners_accessdecision d WHERE d.request_id = request
    ) THEN
        PERFORM public.henvis_refuse('REQUEST_NOT_WAITING');
    END IF;
    -- A request without a partner is for somebody of the staff: only superusers ask for those.
    app := CASE WHEN asked.act = 'CLIENT' THEN 'partners' ELSE 'people' END;
    needed := CASE WHEN asked.partner_id IS NULL THEN NULL WHEN asked.act = 'CLIENT' THEN 'add_client' ELSE 'invite_people' END;
    IF approve AND staff IS NOT DISTINCT FROM asked.asked_by_id THEN
        PERFORM public.henvis_refuse('APPROVED_BY_REQUESTER');
    END IF;
    brings_back := asked.act = 'INVITATION' AND asked.account_id IS NOT NULL;
    may_decide := public.henvis_staff_may(staff, app, needed) OR brings_back
        AND staff IS DISTINCT FROM asked.account_id AND public.henvis_manages(staff, asked.partner_id);
    may_ask := public.henvis_staff_may(asked.asked_by_id, app, needed) OR brings_back
        AND asked.asked_by_id IS DISTINCT FROM asked.account_id AND public.henvis_manages(asked.asked_by_id, asked.partner_id);
    IF staff IS DISTINCT FROM asked.asked_by_id AND NOT may_decide OR approve AND NOT may_ask THEN
        PERFORM public.henvis_refuse('REQUEST_RIGHT_MISSING');
    END IF;
    INSERT INTO public.partners_accessdecision (request_id, approved, user_id) VALUES (request, approve, staff);
    PERFORM public.henvis_audit(
        NULL, staff, CASE WHEN approve THEN 'access.approve' ELSE 'access.refuse' END, request::text,
        jsonb_build_object('asked_by', asked.asked_by_id)
    );
END $$;

-- Lets a client in that was approved: of this partner, and with no scope that was not asked for. Unasked it lets in the client
-- of a twin in test mode, if that only sends and reads the partner's own made-up records: no figure of any release. The desk's
-- client sends and reads the partner's own records for the people of the partner, whom the pages have let in.
-- Called by: the trigger `with_reason` of clients.
-- Raises: CLIENT_NOT_APPROVED.
CREATE OR REPLACE FUNCTION henvis_check_client()
RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT public.henvis_owns(TG_RELID) AND NOT EXISTS (
        SELECT FROM public.partners_accessrequest r
        JOIN public.partners_accessdecision d ON d.request_id = r.id AND d.approved
        WHERE r.id = NEW.request_id AND r.act = 'CLIENT' AND r.partner_id = NEW.partner_id AND NEW.scopes <@ r.scopes
    ) AND NOT EXISTS (
        SELECT FROM public.partners_partner p
        WHERE p.id = NEW.partner_id AND p.mode = 'TEST' AND p.twin_of_id IS NOT NULL AND NEW.request_id IS NULL
        AND NEW.scopes <@ ARRAY['referrals:write', 'referrals:read', 'assessments:write']::varchar[]
    ) AND NOT (
        NEW.is_desk AND NEW.request_id IS NULL AND NEW.scopes <@ ARRAY['referrals:write', 'referrals:read']::varchar[]
    ) THEN
        PERFORM public.henvis_refuse('CLIENT_NOT_APPROVED');
    END IF;
    RETURN NEW;
END $$;

-- Lets an invitation in that was approved, to this partner, role and account; or that a manager makes for the own partner, to a
-- new account.
-- Called by: the trigger `with_reason` of invitations.
-- Raises: INVITATION_NOT_APPROVED.
CREATE OR REPLACE FUNCTION henvis_check_invitation()
RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF public.henvis_owns(TG_RELID)
        OR NEW.request_id IS NULL AND NEW.user_id IS NULL AND public.henvis_manages(NEW.made_by_id, NEW.partner_id)
    THEN
        RETURN NEW;
    END IF;
    IF NOT EXISTS (
        SELECT FROM public.partners_accessrequest r
        JOIN public.partners_accessdecision d ON d.request_id = r.id AND d.approved
        WHERE r.id = NEW.request_id AND r.act = 'INVITATION' AND r.asked_by_id = NEW.made_by_id AND r.role = NEW.role
        AND r.partner_id IS NOT DISTINCT FROM NEW.partner_id AND r.account_id IS NOT DISTINCT FROM NEW.user_id
    ) THEN
        PERFORM public.henvis_refuse('INVITATION_NOT_APPROVED');
    END IF;
    RETURN NEW;
END $$;

-- Lets a secret in that a manager of the client's partner makes, or a manager of the live partner whose twin that is. The
-- client of a desk gets none, whoever makes it: it is for people who have shown a second factor.
-- Called by: the trigger `with_reason` of secrets.
-- Raises: SECRET_OF_DESK, SECRET_WITHOUT_MANAGER.
CREATE OR REPLACE FUNCTION henvis_check_secret()
RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM public.partners_client c WHERE c.id = NEW.client_id AND c.is_desk) THEN
        PERFORM public.henvis_refuse('SECRET_OF_DESK');
    END IF;
    IF NOT public.henvis_owns(TG_RELID) AND NOT EXISTS (
        SELECT FROM public.partners_client c JOIN public.partners_partner p ON p.id = c.partner_id
        WHERE c.id = NEW.client_id AND (
            public.henvis_manages(NEW.made_by_id, p.id)
            OR p.mode = 'TEST' AND public.henvis_manages(NEW.made_by_id, p.twin_of_id)
        )
    ) THEN
        PERFORM public.henvis_refuse('SECRET_WITHOUT_MANAGER');
    END IF;
    RETURN NEW;
END $$;

-- Lets a member of a partner in who has an invitation to this partner and role that is not used, revoked or expired.
-- Called by: the trigger `with_reason` of memberships.
-- Raises: MEMBER_NOT_INVITED.
CREATE OR REPLACE FUNCTION henvis_check_member()
RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT public.henvis_owns(TG_RELID) AND NOT EXISTS (
        SELECT FROM public.people_invitation i
        WHERE i.id = NEW.invitation_id AND i.partner_id = NEW.partner_id AND i.role = NEW.role AND i.user_id IS NULL
        AND i.used_at IS NULL AND i.revoked_at IS NULL AND i.expires_at > statement_timestamp()
    ) THEN
        PERFORM public.henvis_refuse('MEMBER_NOT_INVITED');
    END IF;
    RETURN NEW;
END $$;

-- Gives a person of a partner another role there, which a manager of that partner does, and nobody for the own account. Returns
-- whether that changed anything.
-- Called by: the web server's role.
-- Raises: ROLE_WITHOUT_MANAGER.
CREATE OR REPLACE FUNCTION henvis_change_role(member uuid, manager integer, new_role text)
RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    -- One change after the other: two managers who give each other another role at once would leave none.
    PERFORM FROM public.people_membership m
    WHERE m.partner_id = (SELECT o.partner_id FROM public.people_membership o WHERE o.id = member) ORDER BY m.id FOR UPDATE;
    IF NOT EXISTS (
        SELECT FROM public.people_membership m
        WHERE m.id = member AND m.user_id <> manager AND public.henvis_manages(manager, m.partner_id)
    ) THEN
        PERFORM public.henvis_refuse('ROLE_WITHOUT_MANAGER');
    END IF;
    UPDATE public.people_membership m SET role = new_role WHERE m.id = member AND m.role <> new_role;
    RETURN FOUND;
END $$;

REVOKE ALL ON FUNCTION henvis_owns, henvis_manages, henvis_decide, henvis_change_role FROM PUBLIC;
REVOKE ALL ON FUNCTION henvis_check_client, henvis_check_invitation, henvis_check_secret, henvis_check_member FROM PUBLIC;
GRANT EXECUTE ON FUNCTION henvis_owns, henvis_manages, henvis_decide, henvis_change_role TO henvis_web;
