-- What gives the way to records, and who may write it. The owner (commands on the server) writes what it likes; any other role
-- writes a client, an invitation, a secret or a person of a partner only where these functions find the reason for it:
--
--   a client       was asked for by one member of staff and approved by another, just so
--   an invitation  likewise; or a manager of the partner makes it, for that partner
--   a secret       is made by a manager of the client's partner, never by staff
--   a person       comes by an invitation that is open, to its partner and its role
--
-- henvis_decide is called by the web server's role, which cannot write a decision itself; the triggers run with the rights of who
-- writes, so that they know the owner. What is refused has the code HE001 and a sentence for staff.

CREATE OR REPLACE FUNCTION henvis_owns(relation oid) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT pg_has_role(current_user, c.relowner, 'USAGE') FROM pg_class c WHERE c.oid = relation
$$;

-- Whether active staff have a permission of this app, by a role, by themselves, or as superuser. Null: superusers alone.
CREATE OR REPLACE FUNCTION henvis_staff_may(staff integer, codename text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT EXISTS (
        SELECT FROM public.auth_user u
        WHERE u.id = staff AND u.is_active AND u.is_staff AND (u.is_superuser OR EXISTS (
            SELECT FROM public.auth_permission p
            JOIN public.django_content_type c ON c.id = p.content_type_id AND c.app_label IN ('partners', 'people')
            WHERE p.codename = henvis_staff_may.codename AND (
                EXISTS (
                    SELECT FROM public.auth_user_user_permissions own
                    WHERE own.user_id = u.id AND own.permission_id = p.id
                ) OR EXISTS (
                    SELECT FROM public.auth_user_groups g
                    JOIN public.auth_group_permissions gp ON gp.group_id = g.group_id
                    WHERE g.user_id = u.id AND gp.permission_id = p.id
                )
            )
        ))
    )
$$;

-- Approve or refuse a request, once, within seven days. Two members of staff are needed, who may both ask for such a thing still; who
-- asked may take it back. Raises HE001.
CREATE OR REPLACE FUNCTION henvis_decide(request uuid, staff integer, approve boolean) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    asked public.partners_accessrequest;
    needed text;
BEGIN
    SELECT * INTO asked FROM public.partners_accessrequest r WHERE r.id = request FOR UPDATE;
    IF asked.id IS NULL OR asked.asked_at < statement_timestamp() - interval '7 days' OR EXISTS (
        SELECT FROM public.partners_accessdecision d WHERE d.request_id = request
    ) THEN
        PERFORM public.henvis_refuse('There is no such request that waits.');
    END IF;
    needed := CASE WHEN asked.partner_id IS NULL THEN NULL WHEN asked.act = 'CLIENT' THEN 'add_client' ELSE 'invite_people' END;
    IF approve AND staff IS NOT DISTINCT FROM asked.asked_by_id THEN
        PERFORM public.henvis_refuse('Two members of staff are needed: one who asks, and another who approves.');
    END IF;
    IF staff IS DISTINCT FROM asked.asked_by_id AND NOT public.henvis_staff_may(staff, needed)
        OR approve AND NOT public.henvis_staff_may(asked.asked_by_id, needed)
    THEN
        PERFORM public.henvis_refuse('Who asks and who approves are active staff who may both ask for this.');
    END IF;
    INSERT INTO public.partners_accessdecision (request_id, approved, user_id) VALUES (request, approve, staff);
    PERFORM public.henvis_audit(
        NULL, staff, CASE WHEN approve THEN 'access.approve' ELSE 'access.refuse' END, request::text,
        jsonb_build_object('asked_by', asked.asked_by_id)
    );
END $$;

CREATE OR REPLACE FUNCTION henvis_manages(person integer, partner uuid) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT EXISTS (
        SELECT FROM public.people_membership m JOIN public.auth_user u ON u.id = m.user_id
        WHERE m.user_id = person AND m.partner_id = partner AND m.role = 'MANAGER' AND u.is_active
    )
$$;

CREATE OR REPLACE FUNCTION henvis_client_of_two() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT public.henvis_owns(TG_RELID) AND NOT EXISTS (
        SELECT FROM public.partners_accessrequest r
        JOIN public.partners_accessdecision d ON d.request_id = r.id AND d.approved
        WHERE r.id = NEW.request_id AND r.act = 'CLIENT' AND r.partner_id = NEW.partner_id AND NEW.scopes <@ r.scopes
    ) THEN
        RAISE EXCEPTION 'A client is asked for by one member of staff and approved by another.' USING ERRCODE = 'HE001';
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION henvis_invitation_of_two() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF public.henvis_owns(TG_RELID) OR NEW.request_id IS NULL AND public.henvis_manages(NEW.made_by_id, NEW.partner_id) THEN
        RETURN NEW;
    END IF;
    IF NOT EXISTS (
        SELECT FROM public.partners_accessrequest r
        JOIN public.partners_accessdecision d ON d.request_id = r.id AND d.approved
        WHERE r.id = NEW.request_id AND r.act = 'INVITATION' AND r.asked_by_id = NEW.made_by_id AND r.role = NEW.role
        AND r.partner_id IS NOT DISTINCT FROM NEW.partner_id AND r.account_id IS NOT DISTINCT FROM NEW.user_id
    ) THEN
        RAISE EXCEPTION 'An invitation by staff is asked for by one and approved by another.' USING ERRCODE = 'HE001';
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION henvis_secret_of_manager() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT public.henvis_owns(TG_RELID) AND NOT EXISTS (
        SELECT FROM public.partners_client c WHERE c.id = NEW.client_id AND public.henvis_manages(NEW.made_by_id, c.partner_id)
    ) THEN
        RAISE EXCEPTION 'A secret is made by a manager of its partner.' USING ERRCODE = 'HE001';
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION henvis_member_by_invitation() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT public.henvis_owns(TG_RELID) AND NOT EXISTS (
        SELECT FROM public.people_invitation i
        WHERE i.id = NEW.invitation_id AND i.partner_id = NEW.partner_id AND i.role = NEW.role AND i.user_id IS NULL
        AND i.used_at IS NULL AND i.revoked_at IS NULL AND i.expires_at > statement_timestamp()
    ) THEN
        RAISE EXCEPTION 'A person of a partner comes by an invitation.' USING ERRCODE = 'HE001';
    END IF;
    RETURN NEW;
END $$;

REVOKE ALL ON FUNCTION henvis_owns, henvis_staff_may, henvis_decide, henvis_manages FROM PUBLIC;
REVOKE ALL ON FUNCTION
    henvis_client_of_two, henvis_invitation_of_two, henvis_secret_of_manager, henvis_member_by_invitation FROM PUBLIC;
GRANT EXECUTE ON FUNCTION henvis_owns, henvis_decide, henvis_manages TO henvis_web;
