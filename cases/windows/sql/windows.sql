-- Who may change the window of a year, reopen a year, open a record beside its window, and sign a year. These hold for every
-- role, the owner of the tables too: a signature without a person who may sign would prove nothing.

-- Whether this account is active and submits for a partner: as a manager or a caseworker of it, or of the live partner whose
-- twin in test mode it is.
-- Called by: the triggers below.
-- Raises: nothing.
CREATE OR REPLACE FUNCTION henvis_submits(person integer, partner uuid)
RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT EXISTS (
        SELECT FROM public.people_membership m
        JOIN public.auth_user u ON u.id = m.user_id AND u.is_active
        JOIN public.partners_partner p ON p.id = partner AND p.active
        WHERE m.user_id = person AND m.role IN ('MANAGER', 'CASEWORKER')
            AND (m.partner_id = p.id OR p.mode = 'TEST' AND m.partner_id = p.twin_of_id)
    )
$$;

-- Lets a change of a window in by active staff with the right to change windows.
-- Called by: the trigger `may_change` of changes of windows.
-- Raises: WINDOW_RIGHT_MISSING.
CREATE OR REPLACE FUNCTION henvis_check_window_change()
RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT public.henvis_staff_may(NEW.user_id, 'windows', 'add_windowchange') THEN
        PERFORM public.henvis_refuse('WINDOW_RIGHT_MISSING');
    END IF;
    RETURN NEW;
END $$;

-- Lets a reopening in by active staff with the right to reopen, or by a person who submits for the partner, for a year at most.
-- Whether the partner's own person may reopen depends on the window, which the program knows.
-- Called by: the trigger `may_reopen` of reopenings.
-- Raises: REOPENING_RIGHT_MISSING, REOPENING_TOO_LONG.
CREATE OR REPLACE FUNCTION henvis_check_reopening()
RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    today CONSTANT date := (now() AT TIME ZONE 'Europe/Copenhagen')::date;
BEGIN
    IF NOT (
        public.henvis_staff_may(NEW.user_id, 'windows', 'add_reopening')
        OR public.henvis_submits(NEW.user_id, NEW.partner_id)
    ) THEN
        PERFORM public.henvis_refuse('REOPENING_RIGHT_MISSING');
    END IF;
    IF NEW.until_on < today OR NEW.until_on > today + 366 THEN
        PERFORM public.henvis_refuse('REOPENING_TOO_LONG');
    END IF;
    RETURN NEW;
END $$;

-- Until when a record is open beside the window of its year, as the last row on it says; null where nobody ever said so.
-- Called by: whoever reads windows, the function below, and `henvis_shorten_openings`.
-- Raises: nothing.
CREATE OR REPLACE FUNCTION henvis_open_until(partner uuid, record text)
RETURNS timestamptz
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT o.until FROM public.windows_recordopening o WHERE o.partner_id = partner AND o.digest = record
    ORDER BY o.opened_at DESC, o.until LIMIT 1
$$;

-- Lets one record be opened beside the window of its year, for a year at most: by active staff who may return referrals to
-- their partners, or reopen years. A row that opens it no longer than it is open already shortens that, which anybody may who
-- writes.
-- Called by: the trigger `may_open` of openings of records.
-- Raises: RECORD_OPENING_REFUSED.
CREATE OR REPLACE FUNCTION henvis_check_record_opening()
RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NEW.until > clock_timestamp()
    AND NEW.until > coalesce(public.henvis_open_until(NEW.partner_id, NEW.digest), '-infinity') AND (
        NEW.until > now() + interval '366 days' OR NOT (
            public.henvis_staff_may(NEW.user_id, 'returns', 'ask_return')
            OR public.henvis_staff_may(NEW.user_id, 'windows', 'add_reopening')
        )
    ) THEN
        PERFORM public.henvis_refuse('RECORD_OPENING_REFUSED');
    END IF;
    RETURN NEW;
END $$;

-- Lets a receipt in that is signed by a person who submits for the partner, where the year is not signed already, with the next
-- number. The lock of the partner's row, which it takes, keeps two signatures and a record that is being stored apart.
-- Called by: the trigger `may_sign` of receipts.
-- Raises: RECEIPT_RIGHT_MISSING, RECEIPT_STANDS, RECEIPT_NUMBER.
CREATE OR REPLACE FUNCTION henvis_check_receipt()
RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    signed timestamptz;
    last integer;
BEGIN
    PERFORM FROM public.partners_partner WHERE id = NEW.partner_id FOR NO KEY UPDATE;
    IF NOT public.henvis_submits(NEW.user_id, NEW.partner_id) THEN
        PERFORM public.henvis_refuse('RECEIPT_RIGHT_MISSING');
    END IF;
    SELECT max(r.signed_at), max(r.number) INTO signed, last
    FROM public.windows_yearreceipt r WHERE r.partner_id = NEW.partner_id AND r.year = NEW.year;
    IF NEW.number <> coalesce(last, 0) + 1 THEN
        PERFORM public.henvis_refuse('RECEIPT_NUMBER');
    END IF;
    IF signed IS NOT NULL AND NOT EXISTS (
        SELECT FROM public.windows_reopening o
        WHERE o.partner_id = NEW.partner_id AND o.year = NEW.year AND o.reopened_at > signed
    ) THEN
        PERFORM public.henvis_refuse('RECEIPT_STANDS');
    END IF;
    RETURN NEW;
END $$;

REVOKE ALL ON FUNCTION henvis_submits, henvis_check_window_change, henvis_check_reopening FROM PUBLIC;
REVOKE ALL ON FUNCTION henvis_open_until, henvis_check_record_opening, henvis_check_receipt FROM PUBLIC;
GRANT EXECUTE ON FUNCTION henvis_open_until TO henvis_web;
