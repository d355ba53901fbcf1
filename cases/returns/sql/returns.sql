-- Returning a referral to its partner, and ending that. A partner has one writer at a time, so each function holds the
-- partner's row: no correction comes between a check and its row.

-- Lets a referral be returned only by who may, about the version that stands, and once for each reason.
-- Called by: the trigger `check_return`. It runs with the owner's rights, because nobody else may ask for a right of staff.
-- Raises: RETURN_RIGHT_MISSING, RETURN_CHANGED, RETURN_ASKED.
CREATE OR REPLACE FUNCTION henvis_check_return()
RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT public.henvis_staff_may(NEW.asked_by_id, 'returns', 'ask_return') THEN
        PERFORM public.henvis_refuse('RETURN_RIGHT_MISSING', 'Only active staff with the right ask_return may do this.');
    END IF;
    PERFORM FROM public.partners_partner p WHERE p.id = NEW.partner_id FOR NO KEY UPDATE;
    IF NOT EXISTS (
        SELECT FROM public.cases_referral r
        WHERE r.partner_id = NEW.partner_id AND r.reference = NEW.reference AND r.version = NEW.version
        AND r.superseded_at IS NULL AND r.status <> 'withdrawn'
    ) THEN
        PERFORM public.henvis_refuse('RETURN_CHANGED', 'The referral has changed since it was shown: look again.');
    END IF;
    IF EXISTS (
        SELECT FROM public.returns_return r LEFT JOIN public.returns_returnend e ON e.of_id = r.id
        WHERE r.partner_id = NEW.partner_id AND r.reference = NEW.reference AND r.version = NEW.version
        AND r.reason_code = NEW.reason_code AND e.code IS DISTINCT FROM 'TAKEN_BACK'
    ) THEN
        PERFORM public.henvis_refuse('RETURN_ASKED', 'The partner was asked about this already, and the referral is the same.');
    END IF;
    RETURN NEW;
END $$;
REVOKE ALL ON FUNCTION henvis_check_return FROM PUBLIC;

-- Lets a return end once, before a later version of the referral has ended it: by a client of its partner, with nobody under it
-- or a person who submits for the partner, or taken back by a member of staff who may return referrals.
-- Called by: the trigger `check_end`. It runs with the owner's rights, because nobody else may ask for a right of staff.
-- Raises: RETURN_RIGHT_MISSING, RETURN_NOT_THEIRS, RETURN_ENDED.
CREATE OR REPLACE FUNCTION henvis_check_return_end()
RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    asked public.returns_return;
BEGIN
    SELECT * INTO asked FROM public.returns_return r WHERE r.id = NEW.of_id;
    IF NEW.code = 'TAKEN_BACK' THEN
        IF NOT public.henvis_staff_may(NEW.user_id, 'returns', 'ask_return') THEN
            PERFORM public.henvis_refuse(
                'RETURN_RIGHT_MISSING', 'Only active staff with the right ask_return may do this.'
            );
        END IF;
    ELSIF NOT EXISTS (
        SELECT FROM public.partners_client c WHERE c.id = NEW.client_id AND c.partner_id = asked.partner_id
    ) OR NEW.user_id IS NOT NULL AND NOT public.henvis_submits(NEW.user_id, asked.partner_id) THEN
        PERFORM public.henvis_refuse('RETURN_NOT_THEIRS', 'A partner answers only what was returned to it.');
    END IF;
    PERFORM FROM public.partners_partner p WHERE p.id = asked.partner_id FOR NO KEY UPDATE;
    IF EXISTS (SELECT FROM public.returns_returnend e WHERE e.of_id = asked.id) OR EXISTS (
        SELECT FROM public.cases_referral r
        WHERE r.partner_id = asked.partner_id AND r.reference = asked.reference AND r.version > asked.version
    ) THEN
        PERFORM public.henvis_refuse('RETURN_ENDED', 'There is an answer already: the referral waits for nothing any more.');
    END IF;
    RETURN NEW;
END $$;
REVOKE ALL ON FUNCTION henvis_check_return_end FROM PUBLIC;

-- Deletes what was asked about some referrals, and what was answered. Returns how many were asked.
-- Called by: `henvis_erase`, and the owner's purge.
-- Raises: restrict_violation, by the tables' trigger, where neither an erasure nor a purge is under way.
CREATE OR REPLACE FUNCTION henvis_erase_returns(partners uuid[], refs uuid[])
RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    n integer;
BEGIN
    DELETE FROM public.returns_returnend e
    USING public.returns_return r, unnest(partners, refs) AS x (partner, reference)
    WHERE r.id = e.of_id AND r.partner_id = x.partner AND r.reference = x.reference;

    DELETE FROM public.returns_return r USING unnest(partners, refs) AS x (partner, reference)
    WHERE r.partner_id = x.partner AND r.reference = x.reference;
    GET DIAGNOSTICS n = ROW_COUNT;
    RETURN n;
END $$;
REVOKE ALL ON FUNCTION henvis_erase_returns FROM PUBLIC;
