-- Mail goes to an address that its person has confirmed, once for each occasion, and only while the person may still get it.
-- What follows says so in one place, for the worker and for whoever takes over the web server.

-- Keeps what is said of an address true: one that is new or has changed is not confirmed and has not bounced.
-- Called by: the trigger `keep_true` of mailboxes.
-- Raises: nothing.
CREATE OR REPLACE FUNCTION henvis_keep_mailbox()
RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF TG_OP = 'INSERT' OR NEW.address IS DISTINCT FROM OLD.address THEN
        NEW.confirmed_at := NULL;
        NEW.bounced_at := NULL;
        NEW.changed_at := clock_timestamp();
    END IF;
    RETURN NEW;
END $$;
REVOKE ALL ON FUNCTION henvis_keep_mailbox FROM PUBLIC;

-- Sets when a mail was decided and when it was taken in hand, whatever a statement says. A new one is in nobody's hand.
-- Called by: the trigger `set_moment` of mailings. Its arguments name the two columns, for readers.
-- Raises: nothing.
CREATE OR REPLACE FUNCTION henvis_keep_mailing()
RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        NEW.asked_at := clock_timestamp();
        NEW.begun_at := NULL;
    ELSIF NEW.begun_at IS NOT NULL THEN
        NEW.begun_at := clock_timestamp();
    END IF;
    RETURN NEW;
END $$;
REVOKE ALL ON FUNCTION henvis_keep_mailing FROM PUBLIC;

-- Confirms the address of a person by a code that was mailed to it, given as its digest. The code is used up. It must be the
-- person's own and of the address as it is now. Returns whether it fitted.
-- Called by: the page on which a person confirms an address, with the web server's role, which can read no code.
-- Raises: nothing.
CREATE OR REPLACE FUNCTION henvis_confirm_address(person integer, code text)
RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    of_address timestamptz;
BEGIN
    DELETE FROM build.mail_addresscode
    WHERE digest = code AND user_id = person AND expires_at > clock_timestamp()
    RETURNING about INTO of_address;
    UPDATE public.mail_mailbox SET confirmed_at = clock_timestamp(), bounced_at = NULL
    WHERE user_id = person AND changed_at = of_address AND address <> '';
    RETURN FOUND;
END $$;
REVOKE ALL ON FUNCTION henvis_confirm_address FROM PUBLIC;
GRANT EXECUTE ON FUNCTION henvis_confirm_address TO henvis_web;

-- Takes a mail in hand, for good: nobody else begins it again. Returns the address to which it goes; nothing where another has
-- begun it; and an empty text where the person gets it no more: switched off, of a partner that is not active and live, without
-- a confirmed address, or tired of this kind. A mail that has waited for a day, because nothing was sent meanwhile, says what
-- may be true no more, and goes to nobody. What ends some day, and the link to confirm an address, do: nothing else says it.
-- Whoever has signed in since is not told that the account was idle. Nor is it told of a day that is less than two weeks ahead:
-- the rule (`partners.accounts.idle`, `NOTICE`) would keep to a later one, and asks again.
-- Called by: the worker that sends, as the owner.
-- Raises: nothing.
CREATE OR REPLACE FUNCTION henvis_begin_mail(mailing uuid)
RETURNS text
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    begun public.mail_mailing;
BEGIN
    UPDATE public.mail_mailing SET begun_at = clock_timestamp() WHERE id = mailing AND begun_at IS NULL
    RETURNING * INTO begun;
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;
    IF begun.kind IN ('due_soon', 'due_now', 'overdue', 'reminder', 'digest', 'delivery', 'notice', 'staff')
        AND begun.asked_at < clock_timestamp() - interval '1 day' THEN
        RETURN '';
    END IF;
    IF begun.kind = 'idle' AND begun.key COLLATE "C"
        < to_char((clock_timestamp() AT TIME ZONE 'Europe/Copenhagen')::date + 14, 'YYYY-MM-DD') THEN
        RETURN '';
    END IF;
    RETURN coalesce((
        SELECT m.address FROM public.mail_mailbox m JOIN public.auth_user u ON u.id = m.user_id
        WHERE m.user_id = begun.user_id AND u.is_active
            AND NOT (begun.kind = 'idle' AND coalesce(u.last_login > begun.asked_at, false))
            AND (u.is_staff OR EXISTS (
                SELECT FROM public.people_membership s JOIN public.partners_partner p ON p.id = s.partner_id
                WHERE s.user_id = u.id AND p.active AND p.mode = 'LIVE'
            ))
            AND CASE begun.kind WHEN 'confirm' THEN m.confirmed_at IS NULL
                ELSE m.confirmed_at IS NOT NULL AND NOT begun.kind = ANY (m.opt_outs) END
    ), '');
END $$;
REVOKE ALL ON FUNCTION henvis_begin_mail FROM PUBLIC;
