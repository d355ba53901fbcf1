-- Crises and notices: who may write, review, publish and withdraw, and what partners say of them. All of it is held here,
-- since the role of the web server may add rows.

-- Lets an account of the staff do something about notices, or refuses.
-- Called by: the triggers below.
-- Raises: NOTICE_RIGHT_MISSING.
CREATE OR REPLACE FUNCTION henvis_demand_notice_right(staff integer, codename text)
RETURNS void
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT public.henvis_staff_may(staff, 'notices', codename) THEN
        PERFORM public.henvis_refuse('NOTICE_RIGHT_MISSING');
    END IF;
END $$;
REVOKE ALL ON FUNCTION henvis_demand_notice_right FROM PUBLIC;

-- The latest text of a notice in a language; null where there is none.
-- Called by: the triggers below.
-- Raises: nothing.
CREATE OR REPLACE FUNCTION henvis_latest_notice_text(asked bigint, tag text)
RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT max(t.id) FROM public.notices_noticetext t WHERE t.notice_id = asked AND t.language = tag
$$;
REVOKE ALL ON FUNCTION henvis_latest_notice_text FROM PUBLIC;

-- Whether readers get a notice: a text of it is published, and it is not withdrawn.
-- Called by: the triggers below.
-- Raises: nothing.
CREATE OR REPLACE FUNCTION henvis_notice_stands(asked bigint)
RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT EXISTS (SELECT FROM public.notices_noticepublication p WHERE p.notice_id = asked)
        AND NOT EXISTS (SELECT FROM public.notices_noticewithdrawal w WHERE w.of_id = asked)
$$;
REVOKE ALL ON FUNCTION henvis_notice_stands FROM PUBLIC;

-- Lets a crisis be declared by who may.
-- Called by: the trigger `check_crisis`.
-- Raises: what `henvis_demand_notice_right` raises.
CREATE OR REPLACE FUNCTION henvis_check_crisis()
RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM public.henvis_demand_notice_right(NEW.user_id, 'add_crisis');
    RETURN NEW;
END $$;
REVOKE ALL ON FUNCTION henvis_check_crisis FROM PUBLIC;

-- Lets a crisis end by who may declare one, no earlier than it began.
-- Called by: the trigger `check_end`.
-- Raises: CRISIS_ENDS_BEFORE, and what `henvis_demand_notice_right` raises.
CREATE OR REPLACE FUNCTION henvis_check_crisis_end()
RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM public.henvis_demand_notice_right(NEW.user_id, 'add_crisis');
    IF NEW.ended_on < (SELECT c.started_on FROM public.notices_crisis c WHERE c.id = NEW.of_id) THEN
        PERFORM public.henvis_refuse('CRISIS_ENDS_BEFORE');
    END IF;
    RETURN NEW;
END $$;
REVOKE ALL ON FUNCTION henvis_check_crisis_end FROM PUBLIC;

-- Lets a notice be written by who may, in a crisis that lasts; in the place of one that was published, if of any: its number is
-- everybody's to read.
-- Called by: the trigger `check_notice`.
-- Raises: CRISIS_OVER, NOTICE_NOT_PUBLIC, and what `henvis_demand_notice_right` raises.
CREATE OR REPLACE FUNCTION henvis_check_notice()
RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM public.henvis_demand_notice_right(NEW.user_id, 'add_notice');
    IF EXISTS (SELECT FROM public.notices_crisisend e WHERE e.of_id = NEW.crisis_id) THEN
        PERFORM public.henvis_refuse('CRISIS_OVER');
    END IF;
    IF NEW.supersedes_id IS NOT NULL
        AND NOT EXISTS (SELECT FROM public.notices_noticepublication p WHERE p.notice_id = NEW.supersedes_id)
    THEN
        PERFORM public.henvis_refuse('NOTICE_NOT_PUBLIC');
    END IF;
    RETURN NEW;
END $$;
REVOKE ALL ON FUNCTION henvis_check_notice FROM PUBLIC;

-- Lets a text be written by who may, of a notice that is not withdrawn; a translation of the text that counts in the first
-- language. One writer of a notice at a time.
-- Called by: the trigger `check_text`.
-- Raises: NOTICE_WITHDRAWN, NOTICE_SOURCE_CHANGED, and what `henvis_demand_notice_right` raises.
CREATE OR REPLACE FUNCTION henvis_check_notice_text()
RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    original text;
    translated bigint;
BEGIN
    PERFORM public.henvis_demand_notice_right(NEW.user_id, 'add_notice');
    SELECT n.language INTO original FROM public.notices_notice n WHERE n.id = NEW.notice_id FOR NO KEY UPDATE;
    IF EXISTS (SELECT FROM public.notices_noticewithdrawal w WHERE w.of_id = NEW.notice_id) THEN
        PERFORM public.henvis_refuse('NOTICE_WITHDRAWN');
    END IF;
    translated := public.henvis_latest_notice_text(NEW.notice_id, original);
    IF NEW.language = original AND NEW.source_id IS NOT NULL
        OR NEW.language <> original AND (translated IS NULL OR NEW.source_id IS DISTINCT FROM translated)
    THEN
        PERFORM public.henvis_refuse('NOTICE_SOURCE_CHANGED');
    END IF;
    RETURN NEW;
END $$;
REVOKE ALL ON FUNCTION henvis_check_notice_text FROM PUBLIC;

-- Refuses to go on with a text that does not count any more: a later one of its language is there, or the one that it
-- translates has changed, or its notice is withdrawn. One writer of a notice at a time.
-- Called by: the two triggers below.
-- Raises: NOTICE_WITHDRAWN, NOTICE_TEXT_NOT_LATEST, NOTICE_SOURCE_CHANGED.
CREATE OR REPLACE FUNCTION henvis_demand_notice_text(asked public.notices_noticetext)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    original text;
BEGIN
    SELECT n.language INTO original FROM public.notices_notice n WHERE n.id = asked.notice_id FOR NO KEY UPDATE;
    IF EXISTS (SELECT FROM public.notices_noticewithdrawal w WHERE w.of_id = asked.notice_id) THEN
        PERFORM public.henvis_refuse('NOTICE_WITHDRAWN');
    END IF;
    IF asked.id <> public.henvis_latest_notice_text(asked.notice_id, asked.language) THEN
        PERFORM public.henvis_refuse('NOTICE_TEXT_NOT_LATEST');
    END IF;
    IF asked.source_id <> public.henvis_latest_notice_text(asked.notice_id, original) THEN
        PERFORM public.henvis_refuse('NOTICE_SOURCE_CHANGED');
    END IF;
END $$;
REVOKE ALL ON FUNCTION henvis_demand_notice_text FROM PUBLIC;

-- Lets a finished text be reviewed by another person than its author.
-- Called by: the trigger `check_review`.
-- Raises: NOTICE_TEXT_REVIEWED, NOTICE_TEXT_UNFINISHED, NOTICE_REVIEW_BY_AUTHOR, and what `henvis_demand_notice_right` and
-- `henvis_demand_notice_text` raise.
CREATE OR REPLACE FUNCTION henvis_check_notice_review()
RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    asked public.notices_noticetext;
BEGIN
    PERFORM public.henvis_demand_notice_right(NEW.user_id, 'review_notice');
    SELECT * INTO asked FROM public.notices_noticetext t WHERE t.id = NEW.of_id;
    PERFORM public.henvis_demand_notice_text(asked);
    IF EXISTS (SELECT FROM public.notices_noticereview r WHERE r.of_id = asked.id) THEN
        PERFORM public.henvis_refuse('NOTICE_TEXT_REVIEWED');
    END IF;
    IF NOT asked.is_finished THEN
        PERFORM public.henvis_refuse('NOTICE_TEXT_UNFINISHED');
    END IF;
    -- Whose words somebody else has only saved anew, is their author still.
    IF asked.user_id = NEW.user_id OR EXISTS (
        SELECT FROM public.notices_noticetext t
        WHERE t.notice_id = asked.notice_id AND t.language = asked.language AND t.user_id = NEW.user_id
            AND (t.title, t.text, t.sms) = (asked.title, asked.text, asked.sms)
    ) THEN
        PERFORM public.henvis_refuse('NOTICE_REVIEW_BY_AUTHOR');
    END IF;
    RETURN NEW;
END $$;
REVOKE ALL ON FUNCTION henvis_check_notice_review FROM PUBLIC;

-- Lets a reviewed text be published by who may, and says of which notice and language it is and which number it has there. Who
-- created the notice does not publish it on a review of their own: what it is and leads to would be one person's word.
-- Called by: the trigger `check_publication`.
-- Raises: NOTICE_TEXT_PUBLISHED, NOTICE_TEXT_UNREVIEWED, NOTICE_BY_ONE, and what `henvis_demand_notice_right` and
-- `henvis_demand_notice_text` raise.
CREATE OR REPLACE FUNCTION henvis_check_notice_publication()
RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    asked public.notices_noticetext;
BEGIN
    PERFORM public.henvis_demand_notice_right(NEW.user_id, 'publish_notice');
    SELECT * INTO asked FROM public.notices_noticetext t WHERE t.id = NEW.of_id;
    PERFORM public.henvis_demand_notice_text(asked);
    IF EXISTS (SELECT FROM public.notices_noticepublication p WHERE p.of_id = asked.id) THEN
        PERFORM public.henvis_refuse('NOTICE_TEXT_PUBLISHED');
    END IF;
    IF NOT EXISTS (SELECT FROM public.notices_noticereview r WHERE r.of_id = asked.id) THEN
        PERFORM public.henvis_refuse('NOTICE_TEXT_UNREVIEWED');
    END IF;
    IF EXISTS (
        SELECT FROM public.notices_noticereview r
        JOIN public.notices_notice n ON n.id = asked.notice_id AND n.user_id = r.user_id
        WHERE r.of_id = asked.id AND r.user_id = NEW.user_id
    ) THEN
        PERFORM public.henvis_refuse('NOTICE_BY_ONE');
    END IF;
    NEW.notice_id := asked.notice_id;
    NEW.language := asked.language;
    SELECT coalesce(max(p.number), 0) + 1 INTO NEW.number
    FROM public.notices_noticepublication p WHERE p.notice_id = asked.notice_id;
    RETURN NEW;
END $$;
REVOKE ALL ON FUNCTION henvis_check_notice_publication FROM PUBLIC;

-- Lets a notice that readers get be withdrawn by who may; its replacement is another one that they get.
-- Called by: the trigger `check_withdrawal`.
-- Raises: NOTICE_NOT_PUBLIC, NOTICE_REPLACEMENT_NOT_PUBLIC, and what `henvis_demand_notice_right` raises.
CREATE OR REPLACE FUNCTION henvis_check_notice_withdrawal()
RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM public.henvis_demand_notice_right(NEW.user_id, 'publish_notice');
    -- Of two who withdraw each other's replacement at once the second sees what the first has done.
    PERFORM FROM public.notices_notice n WHERE n.id IN (NEW.of_id, NEW.replacement_id) ORDER BY n.id FOR NO KEY UPDATE;
    IF NOT public.henvis_notice_stands(NEW.of_id) THEN
        PERFORM public.henvis_refuse('NOTICE_NOT_PUBLIC');
    END IF;
    IF NEW.replacement_id = NEW.of_id OR NOT public.henvis_notice_stands(coalesce(NEW.replacement_id, NEW.of_id)) THEN
        PERFORM public.henvis_refuse('NOTICE_REPLACEMENT_NOT_PUBLIC');
    END IF;
    RETURN NEW;
END $$;
REVOKE ALL ON FUNCTION henvis_check_notice_withdrawal FROM PUBLIC;

-- Lets a client say something for its own partner, while that is open.
-- Called by: the triggers below.
-- Raises: NOTICE_NOT_THEIRS.
CREATE OR REPLACE FUNCTION henvis_demand_own_client(client bigint, partner uuid)
RETURNS void
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM public.partners_client c JOIN public.partners_partner p ON p.id = c.partner_id
        WHERE c.id = client AND p.id = partner AND p.active
    ) THEN
        PERFORM public.henvis_refuse('NOTICE_NOT_THEIRS');
    END IF;
END $$;
REVOKE ALL ON FUNCTION henvis_demand_own_client FROM PUBLIC;

-- Lets a partner say that it has seen or handed on a notice that readers get.
-- Called by: the trigger `check_acknowledgement`.
-- Raises: NOTICE_NOT_PUBLIC, and what `henvis_demand_own_client` raises.
CREATE OR REPLACE FUNCTION henvis_check_acknowledgement()
RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM public.henvis_demand_own_client(NEW.client_id, NEW.partner_id);
    IF NOT public.henvis_notice_stands(NEW.notice_id) THEN
        PERFORM public.henvis_refuse('NOTICE_NOT_PUBLIC');
    END IF;
    RETURN NEW;
END $$;
REVOKE ALL ON FUNCTION henvis_check_acknowledgement FROM PUBLIC;

-- Lets a partner say whether a service of its own is open. The address of what it said before goes: a place that it keeps
-- unknown from now on is in no row. That staff have taken it down is carried over until a person of the partner says an
-- address again, which takes the mark from what was said before: a program that sends the same each night cannot.
-- One writer of a partner at a time.
-- Called by: the trigger `check_status`.
-- Raises: SERVICE_ADDRESS_TAKEN, and what `henvis_demand_own_client` raises.
CREATE OR REPLACE FUNCTION henvis_check_service_status()
RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM public.henvis_demand_own_client(NEW.client_id, NEW.partner_id);
    PERFORM FROM public.partners_partner p WHERE p.id = NEW.partner_id FOR NO KEY UPDATE;
    NEW.address_taken_by_id := (
        SELECT s.address_taken_by_id FROM public.notices_servicestatus s
        WHERE s.partner_id = NEW.partner_id AND s.place = NEW.place AND s.region = NEW.region
        ORDER BY s.id DESC LIMIT 1
    );
    IF NEW.address <> '' AND NEW.user_id IS NULL AND NEW.address_taken_by_id IS NOT NULL THEN
        PERFORM public.henvis_refuse('SERVICE_ADDRESS_TAKEN');
    END IF;
    IF NEW.address <> '' THEN
        NEW.address_taken_by_id := NULL;
    END IF;
    PERFORM set_config('henvis.erase', 'on', true);
    UPDATE public.notices_servicestatus s
    SET address = '', address_taken_by_id = CASE WHEN NEW.address = '' THEN s.address_taken_by_id END
    WHERE s.partner_id = NEW.partner_id AND s.place = NEW.place AND s.region = NEW.region
        AND (s.address <> '' OR NEW.address <> '' AND s.address_taken_by_id IS NOT NULL);
    PERFORM set_config('henvis.erase', 'off', true);
    RETURN NEW;
END $$;
REVOKE ALL ON FUNCTION henvis_check_service_status FROM PUBLIC;

-- Empties the addresses of a partner's services when it is closed: nobody of it can take them away any more.
-- Called by: the trigger `empty_addresses`.
-- Raises: nothing.
CREATE OR REPLACE FUNCTION henvis_empty_addresses()
RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF OLD.active AND NOT NEW.active THEN
        PERFORM set_config('henvis.erase', 'on', true);
        UPDATE public.notices_servicestatus s SET address = '' WHERE s.partner_id = NEW.id AND s.address <> '';
        PERFORM set_config('henvis.erase', 'off', true);
    END IF;
    RETURN NEW;
END $$;
REVOKE ALL ON FUNCTION henvis_empty_addresses FROM PUBLIC;

-- Takes down the address of a service, which is false or endangers somebody: it is stored no longer, and the row says who did
-- it. Nothing else of the row changes. What its partner said before has no address.
-- Called by: the web server's role, with the account of the staff.
-- Raises: SERVICE_ADDRESS_GONE, and what `henvis_demand_notice_right` raises.
CREATE OR REPLACE FUNCTION henvis_take_address_down(asked bigint, staff integer)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    is_there boolean;
BEGIN
    PERFORM public.henvis_demand_notice_right(staff, 'take_address_down');
    PERFORM FROM public.partners_partner p WHERE p.id = (
        SELECT s.partner_id FROM public.notices_servicestatus s WHERE s.id = asked
    ) FOR NO KEY UPDATE;
    PERFORM set_config('henvis.erase', 'on', true);
    UPDATE public.notices_servicestatus s SET address = '', address_taken_by_id = staff
    WHERE s.id = asked AND s.address <> '';
    is_there := FOUND;
    PERFORM set_config('henvis.erase', 'off', true);
    IF NOT is_there THEN
        PERFORM public.henvis_refuse('SERVICE_ADDRESS_GONE');
    END IF;
END $$;
REVOKE ALL ON FUNCTION henvis_take_address_down FROM PUBLIC;
GRANT EXECUTE ON FUNCTION henvis_take_address_down TO henvis_web;
