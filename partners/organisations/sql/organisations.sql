-- The life of an organisation. What opens records, or lets one organisation act for another, is decided here, whoever
-- writes:
--
--   a confirmation   of the agreement is made by a manager of that live partner
--   a mandate        is given by a manager of the giver, accepted by one of the taker, ended by one of either
--   a succession     is asked for by one member of staff and approved by another, within seven days; there are no chains
--   a successor      reads and corrects the records of the partner before it, which takes no new ones and stays closed
--   a name           that is planned for one partner is not given to another
--
-- The owner (commands on the server) writes confirmations and mandates as it likes. Nobody but `henvis_decide_succession`
-- writes
-- a decision.

-- Whether this partner is live and active.
-- Called by: the triggers below, with the rights of the writer.
-- Raises: nothing.
CREATE OR REPLACE FUNCTION henvis_is_open(partner uuid)
RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT EXISTS (SELECT FROM public.partners_partner p WHERE p.id = partner AND p.mode = 'LIVE' AND p.active)
$$;

-- The partner that has taken over the records of this one, or null.
-- Called by: the triggers below and the web server's role, which finds out for whom a request is made.
-- Raises: nothing.
CREATE OR REPLACE FUNCTION henvis_successor(partner uuid)
RETURNS uuid
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT r.new_id FROM public.organisations_successionrequest r
    JOIN public.organisations_successiondecision d ON d.request_id = r.id AND d.approved
    WHERE r.old_id = partner
$$;

-- Whether one partner may submit for another today. Both are meant by their live rows.
-- Called by: the web server's role, which finds out for whom a request is made.
-- Raises: nothing.
CREATE OR REPLACE FUNCTION henvis_has_mandate(giver uuid, taker uuid)
RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT EXISTS (
        SELECT FROM public.organisations_mandate m
        JOIN public.organisations_mandateacceptance a ON a.mandate_id = m.id
        WHERE m.giver_id = giver AND m.taker_id = taker
        AND (statement_timestamp() AT TIME ZONE 'Europe/Copenhagen')::date BETWEEN m.since AND coalesce(m.until, 'infinity')
        AND NOT EXISTS (SELECT FROM public.organisations_mandateend e WHERE e.mandate_id = m.id)
    )
$$;

-- Lets a confirmation in that a manager of the live partner makes.
-- Called by: the trigger `with_reason` of confirmations.
-- Raises: AGREEMENT_WITHOUT_MANAGER.
CREATE OR REPLACE FUNCTION henvis_check_confirmation()
RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT public.henvis_owns(TG_RELID) AND NOT (
        public.henvis_manages(NEW.user_id, NEW.partner_id) AND public.henvis_is_open(NEW.partner_id)
    ) THEN
        PERFORM public.henvis_refuse('AGREEMENT_WITHOUT_MANAGER');
    END IF;
    RETURN NEW;
END $$;

-- Lets a mandate in that a manager of the giver makes. Both partners are live and active, and neither is the centre.
-- Called by: the trigger `with_reason` of mandates.
-- Raises: MANDATE_WITHOUT_MANAGER, MANDATE_NOT_POSSIBLE.
CREATE OR REPLACE FUNCTION henvis_check_mandate()
RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT public.henvis_owns(TG_RELID) AND NOT public.henvis_manages(NEW.user_id, NEW.giver_id) THEN
        PERFORM public.henvis_refuse('MANDATE_WITHOUT_MANAGER');
    END IF;
    IF NOT public.henvis_is_open(NEW.giver_id) OR NOT public.henvis_is_open(NEW.taker_id) OR EXISTS (
        SELECT FROM public.partners_partner p WHERE p.id IN (NEW.giver_id, NEW.taker_id) AND p.kind = 'CENTRE'
    ) THEN
        PERFORM public.henvis_refuse('MANDATE_NOT_POSSIBLE');
    END IF;
    RETURN NEW;
END $$;

-- Lets the acceptance of a mandate in that a manager of the taker makes, and that is not ended.
-- Called by: the trigger `with_reason` of acceptances.
-- Raises: MANDATE_WITHOUT_MANAGER, MANDATE_NOT_POSSIBLE.
CREATE OR REPLACE FUNCTION henvis_check_acceptance()
RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT public.henvis_owns(TG_RELID) AND NOT EXISTS (
        SELECT FROM public.organisations_mandate m
        WHERE m.id = NEW.mandate_id AND public.henvis_manages(NEW.user_id, m.taker_id)
    ) THEN
        PERFORM public.henvis_refuse('MANDATE_WITHOUT_MANAGER');
    END IF;
    IF EXISTS (SELECT FROM public.organisations_mandateend e WHERE e.mandate_id = NEW.mandate_id) THEN
        PERFORM public.henvis_refuse('MANDATE_NOT_POSSIBLE');
    END IF;
    RETURN NEW;
END $$;

-- Lets the end of a mandate in that a manager of the giver or of the taker makes.
-- Called by: the trigger `with_reason` of ends.
-- Raises: MANDATE_WITHOUT_MANAGER.
CREATE OR REPLACE FUNCTION henvis_check_mandate_end()
RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT public.henvis_owns(TG_RELID) AND NOT EXISTS (
        SELECT FROM public.organisations_mandate m WHERE m.id = NEW.mandate_id
        AND (public.henvis_manages(NEW.user_id, m.giver_id) OR public.henvis_manages(NEW.user_id, m.taker_id))
    ) THEN
        PERFORM public.henvis_refuse('MANDATE_WITHOUT_MANAGER');
    END IF;
    RETURN NEW;
END $$;

-- Refuses a planned name that another partner has, or is to have.
-- Called by: the trigger `free_name` of planned names.
-- Raises: NAME_TAKEN.
CREATE OR REPLACE FUNCTION henvis_check_planned_name()
RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF EXISTS (
        SELECT FROM public.partners_partner p
        WHERE p.name = NEW.name AND p.mode = 'LIVE' AND p.id <> NEW.partner_id
    ) OR EXISTS (
        SELECT FROM public.organisations_partnername n
        WHERE n.name = NEW.name AND n.partner_id <> NEW.partner_id
        AND n.since > (statement_timestamp() AT TIME ZONE 'Europe/Copenhagen')::date
    ) THEN
        PERFORM public.henvis_refuse('NAME_TAKEN');
    END IF;
    RETURN NEW;
END $$;

-- Refuses the name of a partner that is planned for another one, and opening a partner again that has a successor.
-- Called by: the trigger `life` of partners.
-- Raises: NAME_TAKEN, PARTNER_SUCCEEDED.
CREATE OR REPLACE FUNCTION henvis_check_partner()
RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF (TG_OP = 'INSERT' OR NEW.name <> OLD.name) AND EXISTS (
        SELECT FROM public.organisations_partnername n
        WHERE n.name = NEW.name AND n.partner_id NOT IN (NEW.id, coalesce(NEW.twin_of_id, NEW.id))
        AND n.since > (statement_timestamp() AT TIME ZONE 'Europe/Copenhagen')::date
    ) THEN
        PERFORM public.henvis_refuse('NAME_TAKEN');
    END IF;
    IF TG_OP = 'UPDATE' AND NEW.active AND NOT OLD.active
        AND public.henvis_successor(coalesce(NEW.twin_of_id, NEW.id)) IS NOT NULL
    THEN
        PERFORM public.henvis_refuse('PARTNER_SUCCEEDED');
    END IF;
    RETURN NEW;
END $$;

-- Approves or refuses a succession: once, within seven days, with its audit event. Approving takes two members of staff who
-- both
-- have the right to ask for one, since the successor then reads the records of the other. The member who asked may take it
-- back.
-- What is approved closes the old partner and its twin in test mode: secrets, tokens, sessions, invitations and accounts
-- end.
-- Called by: the web server's role.
-- Raises: REQUEST_NOT_WAITING, APPROVED_BY_REQUESTER, REQUEST_RIGHT_MISSING.
CREATE OR REPLACE FUNCTION henvis_decide_succession(request uuid, staff integer, approve boolean)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    asked public.organisations_successionrequest;
BEGIN
    -- One succession at a time, so that no two of them make a chain.
    PERFORM pg_advisory_xact_lock(hashtextextended('henvis.succession', 0));
    SELECT * INTO asked FROM public.organisations_successionrequest r WHERE r.id = request FOR UPDATE;
    IF asked.id IS NULL OR asked.asked_at < statement_timestamp() - interval '7 days' OR EXISTS (
        SELECT FROM public.organisations_successiondecision d WHERE d.request_id = request
    ) THEN
        PERFORM public.henvis_refuse('REQUEST_NOT_WAITING');
    END IF;
    IF approve AND staff IS NOT DISTINCT FROM asked.asked_by_id THEN
        PERFORM public.henvis_refuse('APPROVED_BY_REQUESTER');
    END IF;
    IF staff IS DISTINCT FROM asked.asked_by_id
        AND NOT public.henvis_staff_may(staff, 'organisations', 'add_successionrequest')
        OR approve AND NOT public.henvis_staff_may(asked.asked_by_id, 'organisations', 'add_successionrequest')
    THEN
        PERFORM public.henvis_refuse('REQUEST_RIGHT_MISSING');
    END IF;
    IF approve THEN
        PERFORM public.henvis_check_merger(asked.old_id, asked.new_id, asked.since);
    END IF;
    INSERT INTO public.organisations_successiondecision (request_id, approved, user_id) VALUES (request, approve, staff);
    PERFORM public.henvis_audit(
        NULL, staff, CASE WHEN approve THEN 'succession.approve' ELSE 'succession.refuse' END, request::text,
        jsonb_build_object('asked_by', asked.asked_by_id, 'old', asked.old_id, 'new', asked.new_id)
    );
    IF approve THEN
        PERFORM public.henvis_close_partner(asked.old_id, staff);
    END IF;
END $$;

-- Refuses a succession that may not be: two live, active partners of one kind that is not the centre's, from a day that has
-- come,
-- and neither has a successor, nor is the old one a successor itself.
-- Called by: `henvis_decide_succession`, and the web server's role when a member of staff asks.
-- Raises: SUCCESSION_NOT_POSSIBLE.
CREATE OR REPLACE FUNCTION henvis_check_merger(old uuid, new uuid, since date)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF since > (statement_timestamp() AT TIME ZONE 'Europe/Copenhagen')::date
        OR (SELECT count(*) FROM public.partners_partner p
            WHERE p.id IN (old, new) AND p.mode = 'LIVE' AND p.active AND p.kind <> 'CENTRE') < 2
        OR (SELECT count(DISTINCT p.kind) FROM public.partners_partner p WHERE p.id IN (old, new)) > 1
        OR EXISTS (
            SELECT FROM public.organisations_successionrequest r
            JOIN public.organisations_successiondecision d ON d.request_id = r.id AND d.approved
            WHERE r.old_id IN (old, new) OR r.new_id = old
        )
    THEN
        PERFORM public.henvis_refuse('SUCCESSION_NOT_POSSIBLE');
    END IF;
END $$;

-- Closes a live partner and its twin in test mode: their secrets, tokens, invitations, and the accounts and sessions of
-- their people.
-- Called by: `henvis_decide_succession`.
-- Raises: nothing of its own.
CREATE OR REPLACE FUNCTION henvis_close_partner(partner uuid, staff integer)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    both_modes CONSTANT uuid[] := ARRAY(
        SELECT p.id FROM public.partners_partner p WHERE p.id = partner OR p.twin_of_id = partner
    );
    machines CONSTANT bigint[] := ARRAY(SELECT c.id FROM public.partners_client c WHERE c.partner_id = ANY (both_modes));
    person integer;
BEGIN
    UPDATE public.partners_partner SET active = false WHERE id = ANY (both_modes);
    UPDATE public.partners_secret SET revoked_at = statement_timestamp()
    WHERE client_id = ANY (machines) AND revoked_at IS NULL;
    DELETE FROM public.oauth2_provider_accesstoken WHERE application_id = ANY (machines);
    UPDATE public.people_invitation SET revoked_at = statement_timestamp()
    WHERE partner_id = ANY (both_modes) AND used_at IS NULL AND revoked_at IS NULL;
    FOR person IN
        SELECT m.user_id FROM public.people_membership m JOIN public.auth_user u ON u.id = m.user_id AND u.is_active
        WHERE m.partner_id = ANY (both_modes) ORDER BY m.user_id
    LOOP
        UPDATE public.auth_user SET is_active = false WHERE id = person;
        DELETE FROM public.people_websession WHERE user_id = person;
        PERFORM public.henvis_audit(NULL, staff, 'person.off', person::text, '{}');
    END LOOP;
END $$;

REVOKE ALL ON FUNCTION henvis_is_open, henvis_successor, henvis_has_mandate, henvis_check_confirmation FROM PUBLIC;
REVOKE ALL ON FUNCTION henvis_check_mandate, henvis_check_acceptance, henvis_check_mandate_end FROM PUBLIC;
REVOKE ALL ON FUNCTION henvis_check_planned_name, henvis_check_partner, henvis_decide_succession FROM PUBLIC;
REVOKE ALL ON FUNCTION henvis_check_merger, henvis_close_partner FROM PUBLIC;
GRANT EXECUTE ON FUNCTION henvis_is_open, henvis_successor, henvis_has_mandate TO henvis_web;
GRANT EXECUTE ON FUNCTION henvis_check_merger, henvis_decide_succession TO henvis_web;
