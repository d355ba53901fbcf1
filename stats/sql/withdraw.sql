-- Withdrawing a published release. One approver replaces it by a later vintage; without a replacement two approvers are needed.
-- The audit still reckons with what was published: it was read.

-- Checks what every withdrawal needs: the right, a reason, and a published release that stands.
-- Called by: the functions below.
-- Raises: WITHDRAWAL_REASON_MISSING, NO_PUBLISHED_RELEASE, ALREADY_WITHDRAWN, and what `henvis_begin_approval` raises.
CREATE OR REPLACE FUNCTION henvis_begin_withdrawal(release text, why text, staff integer)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM public.henvis_begin_approval(staff);
    -- A line of each language; one line where the two are the same.
    IF NOT public.henvis_is_reason(split_part(why, E'\n', 1), split_part(why, E'\n', -1)) THEN
        PERFORM public.henvis_refuse('WITHDRAWAL_REASON_MISSING');
    END IF;
    IF NOT EXISTS (SELECT FROM public.statistics_publication WHERE release_id = release) THEN
        PERFORM public.henvis_refuse('NO_PUBLISHED_RELEASE');
    END IF;
    IF EXISTS (SELECT FROM public.statistics_withdrawal WHERE release_id = release) THEN
        PERFORM public.henvis_refuse('ALREADY_WITHDRAWN', release);
    END IF;
END $$;
REVOKE ALL ON FUNCTION henvis_begin_withdrawal FROM PUBLIC;

-- Refuses a release whose withdrawal waits for a second approver: one withdrawal of it is decided before another begins.
-- Called by: `henvis_withdraw` and `henvis_ask_withdrawal`, which hold the lock.
-- Raises: WITHDRAWAL_ASKED.
CREATE OR REPLACE FUNCTION henvis_check_not_asked(release text)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF EXISTS (
        SELECT FROM public.statistics_withdrawalrequest q WHERE q.release_id = release
        AND NOT EXISTS (SELECT FROM public.statistics_withdrawaldecision d WHERE d.request_id = q.id)
    ) THEN
        PERFORM public.henvis_refuse('WITHDRAWAL_ASKED', release);
    END IF;
END $$;
REVOKE ALL ON FUNCTION henvis_check_not_asked FROM PUBLIC;

-- Says that a published release should be used no more, why, and what replaces it, with its audit event. It stays readable.
-- Called by: the web server's role.
-- Raises: REPLACEMENT_UNFIT, and what `henvis_begin_withdrawal` and `henvis_check_not_asked` raise.
CREATE OR REPLACE FUNCTION henvis_withdraw(release text, by_release text, why text, staff integer)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM public.henvis_begin_withdrawal(release, why, staff);
    PERFORM public.henvis_check_not_asked(release);
    -- A later one: to fall back to what was published before is to withdraw without a replacement, which takes two.
    IF NOT EXISTS (
        SELECT FROM public.statistics_release gone
        JOIN public.statistics_release next
        ON next.audience = gone.audience AND next.period = gone.period AND next.vintage > gone.vintage
        JOIN public.statistics_publication p ON p.release_id = next.id
        WHERE gone.id = release AND next.id = by_release
        AND NOT EXISTS (SELECT FROM public.statistics_withdrawal w WHERE w.release_id = next.id)
    ) THEN
        PERFORM public.henvis_refuse('REPLACEMENT_UNFIT');
    END IF;

    INSERT INTO public.statistics_withdrawal (release_id, replacement_id, reason, user_id)
    VALUES (release, by_release, why, staff);
    PERFORM public.henvis_audit(NULL, staff, 'release.withdraw', release, jsonb_build_object('replacement', by_release));
END $$;
REVOKE ALL ON FUNCTION henvis_withdraw FROM PUBLIC;
GRANT EXECUTE ON FUNCTION henvis_withdraw TO henvis_web;

-- Asks to withdraw a release that nothing replaces, with its audit event. Returns the request. Of one release one is open.
-- Called by: the web server's role.
-- Raises: what `henvis_begin_withdrawal` and `henvis_check_not_asked` raise.
CREATE OR REPLACE FUNCTION henvis_ask_withdrawal(release text, why text, staff integer)
RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    request bigint;
BEGIN
    PERFORM public.henvis_begin_withdrawal(release, why, staff);
    PERFORM public.henvis_check_not_asked(release);

    INSERT INTO public.statistics_withdrawalrequest (release_id, reason, user_id)
    VALUES (release, why, staff) RETURNING id INTO request;
    PERFORM public.henvis_audit(NULL, staff, 'release.withdraw_ask', release, '{}');
    RETURN request;
END $$;
REVOKE ALL ON FUNCTION henvis_ask_withdrawal FROM PUBLIC;
GRANT EXECUTE ON FUNCTION henvis_ask_withdrawal TO henvis_web;

-- Decides a request, with its audit event. Another approver than the one who asked agrees, and the release is withdrawn with
-- the reason of the request; any approver says no, the one who asked too.
-- Called by: the web server's role.
-- Raises: NO_OPEN_WITHDRAWAL, WITHDRAWAL_BY_SAME, and what `henvis_begin_withdrawal` raises.
CREATE OR REPLACE FUNCTION henvis_decide_withdrawal(request bigint, agreed boolean, staff integer)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    asked public.statistics_withdrawalrequest;
BEGIN
    PERFORM public.henvis_begin_approval(staff);
    SELECT q.* INTO asked FROM public.statistics_withdrawalrequest q WHERE q.id = request
    AND NOT EXISTS (SELECT FROM public.statistics_withdrawaldecision d WHERE d.request_id = q.id);
    IF asked.id IS NULL THEN
        PERFORM public.henvis_refuse('NO_OPEN_WITHDRAWAL');
    END IF;
    IF agreed AND asked.user_id = staff THEN
        PERFORM public.henvis_refuse('WITHDRAWAL_BY_SAME');
    END IF;

    IF agreed THEN
        PERFORM public.henvis_begin_withdrawal(asked.release_id, asked.reason, staff);
        INSERT INTO public.statistics_withdrawal (release_id, reason, user_id)
        VALUES (asked.release_id, asked.reason, staff);
    END IF;
    INSERT INTO public.statistics_withdrawaldecision (request_id, approved, user_id) VALUES (request, agreed, staff);
    PERFORM public.henvis_audit(
        NULL, staff, CASE WHEN agreed THEN 'release.withdraw' ELSE 'release.withdraw_refuse' END, asked.release_id,
        jsonb_build_object('asked_by', asked.user_id)
    );
END $$;
REVOKE ALL ON FUNCTION henvis_decide_withdrawal FROM PUBLIC;
GRANT EXECUTE ON FUNCTION henvis_decide_withdrawal TO henvis_web;
