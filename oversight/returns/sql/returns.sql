-- Returning a referral to its partner, how that stands, and how it ends. A partner has one writer at a time, so each check
-- holds the partner's row: no correction comes between a check and its row.

-- How a return stands (`cases.returns.choices.ReturnState`). A row that ends it says so; else the current version of the
-- referral does. A correction answers what it changes: where a field was asked about, that field says something else than it
-- did, or staff have looked at the answer; where the whole referral was asked about, any later version answers.
-- Called by: the functions below, and whoever lists returns.
-- Raises: nothing.
CREATE OR REPLACE FUNCTION henvis_return_state(asked uuid)
RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT CASE
        WHEN e.code = 'TAKEN_BACK' THEN 'TAKEN_BACK'
        WHEN e.code IS NOT NULL THEN 'ANSWERED'
        WHEN c.version > r.version AND c.status = 'withdrawn' THEN 'WITHDRAWN'
        WHEN c.version > r.version AND (
            r.field = '_Z' OR w.code IS NOT NULL OR to_jsonb(c) -> r.field IS DISTINCT FROM to_jsonb(a) -> r.field
        ) THEN 'CORRECTED'
        ELSE 'OPEN'
    END
    FROM public.returns_return r
    LEFT JOIN public.returns_returnend e ON e.of_id = r.id
    LEFT JOIN public.returns_returnreview w ON w.of_id = r.id
    LEFT JOIN public.cases_referral a
        ON a.partner_id = r.partner_id AND a.reference = r.reference AND a.version = r.version
    LEFT JOIN public.cases_referral c
        ON c.partner_id = r.partner_id AND c.reference = r.reference AND c.superseded_at IS NULL
    WHERE r.id = asked
$$;
REVOKE ALL ON FUNCTION henvis_return_state FROM PUBLIC;
GRANT EXECUTE ON FUNCTION henvis_return_state TO henvis_web;

-- Lets a referral be returned only by who may, about the version that stands, and once for each reason: again where staff took
-- that back or ask again, and where the version is another one and the same question does not wait still.
-- Called by: the trigger `check_return`. It runs with the owner's rights, because nobody else may ask for a right of staff.
-- Raises: RETURN_RIGHT_MISSING, RETURN_CHANGED, RETURN_ASKED.
CREATE OR REPLACE FUNCTION henvis_check_return()
RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT public.henvis_staff_may(NEW.asked_by_id, 'returns', 'ask_return') THEN
        PERFORM public.henvis_refuse('RETURN_RIGHT_MISSING');
    END IF;
    PERFORM FROM public.partners_partner p WHERE p.id = NEW.partner_id FOR NO KEY UPDATE;
    IF NOT EXISTS (
        SELECT FROM public.cases_referral r
        WHERE r.partner_id = NEW.partner_id AND r.reference = NEW.reference AND r.version = NEW.version
        AND r.superseded_at IS NULL AND r.status <> 'withdrawn'
    ) THEN
        PERFORM public.henvis_refuse('RETURN_CHANGED');
    END IF;
    IF EXISTS (
        SELECT FROM public.returns_return r
        LEFT JOIN public.returns_returnend e ON e.of_id = r.id
        LEFT JOIN public.returns_returnreview w ON w.of_id = r.id
        WHERE r.partner_id = NEW.partner_id AND r.reference = NEW.reference AND r.reason_code = NEW.reason_code
        AND (
            r.version = NEW.version AND e.code IS DISTINCT FROM 'TAKEN_BACK' AND w.code IS DISTINCT FROM 'ASKED_AGAIN'
            OR r.field = NEW.field AND public.henvis_return_state(r.id) = 'OPEN'
        )
    ) THEN
        PERFORM public.henvis_refuse('RETURN_ASKED');
    END IF;
    RETURN NEW;
END $$;
REVOKE ALL ON FUNCTION henvis_check_return FROM PUBLIC;

-- Lets a return end once, while it waits: by a client of its partner, which must be open, with nobody under it or a person who
-- submits for the partner, or taken back by a member of staff who may return referrals.
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
            PERFORM public.henvis_refuse('RETURN_RIGHT_MISSING');
        END IF;
    ELSIF NOT EXISTS (
        SELECT FROM public.partners_client c JOIN public.partners_partner p ON p.id = c.partner_id AND p.active
        WHERE c.id = NEW.client_id AND p.id = asked.partner_id
    ) OR NEW.user_id IS NOT NULL AND NOT public.henvis_submits(NEW.user_id, asked.partner_id) THEN
        PERFORM public.henvis_refuse('RETURN_NOT_THEIRS');
    END IF;
    PERFORM FROM public.partners_partner p WHERE p.id = asked.partner_id FOR NO KEY UPDATE;
    IF public.henvis_return_state(asked.id) <> 'OPEN' THEN
        PERFORM public.henvis_refuse('RETURN_ENDED');
    END IF;
    RETURN NEW;
END $$;
REVOKE ALL ON FUNCTION henvis_check_return_end FROM PUBLIC;

-- Lets staff who may return referrals say once what becomes of an answer.
-- Called by: the trigger `check_review`. It runs with the owner's rights, because nobody else may ask for a right of staff.
-- Raises: RETURN_RIGHT_MISSING, RETURN_REVIEWED, RETURN_UNANSWERED.
CREATE OR REPLACE FUNCTION henvis_check_return_review()
RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT public.henvis_staff_may(NEW.user_id, 'returns', 'ask_return') THEN
        PERFORM public.henvis_refuse('RETURN_RIGHT_MISSING');
    END IF;
    PERFORM FROM public.partners_partner p
    WHERE p.id = (SELECT r.partner_id FROM public.returns_return r WHERE r.id = NEW.of_id) FOR NO KEY UPDATE;
    IF EXISTS (SELECT FROM public.returns_returnreview w WHERE w.of_id = NEW.of_id) THEN
        PERFORM public.henvis_refuse('RETURN_REVIEWED');
    END IF;
    IF public.henvis_return_state(NEW.of_id) IN ('OPEN', 'TAKEN_BACK') THEN
        PERFORM public.henvis_refuse('RETURN_UNANSWERED');
    END IF;
    RETURN NEW;
END $$;
REVOKE ALL ON FUNCTION henvis_check_return_review FROM PUBLIC;

-- Shortens the openings of some records of a partner (`refs`, with the `digests` of each), once the centre asks nothing about
-- them any more: to `grace` from a moment on, so that a slip in the answer can be mended, and to the moment itself where staff
-- have settled every answer or taken the question back. No opening ever becomes longer. Returns how many became shorter.
-- Called by: whoever stores a version, an answer or a review, under the partner's lock.
-- Raises: nothing.
CREATE OR REPLACE FUNCTION henvis_shorten_openings(
    partner uuid, refs uuid[], digests text[], person integer, at timestamptz, grace interval
)
RETURNS bigint
LANGUAGE sql SET search_path = pg_catalog, pg_temp AS $$
    WITH asked AS (
        SELECT r.reference, public.henvis_return_state(r.id) AS state, w.code IS NOT NULL AS is_reviewed
        FROM public.returns_return r LEFT JOIN public.returns_returnreview w ON w.of_id = r.id
        WHERE r.partner_id = partner AND r.reference = ANY (refs)
    ), shorter AS (
        INSERT INTO public.windows_recordopening (id, partner_id, digest, until, user_id)
        SELECT gen_random_uuid(), partner, x.digest, ends.at, person
        FROM unnest(refs, digests) AS x (reference, digest)
        CROSS JOIN LATERAL (
            SELECT at + CASE WHEN EXISTS (
                SELECT FROM asked a WHERE a.reference = x.reference AND a.state <> 'TAKEN_BACK' AND NOT a.is_reviewed
            ) THEN grace ELSE interval '0' END AS at
        ) AS ends
        WHERE public.henvis_open_until(partner, x.digest) > ends.at
        AND NOT EXISTS (SELECT FROM asked a WHERE a.reference = x.reference AND a.state = 'OPEN')
        RETURNING 1
    )
    SELECT count(*) FROM shorter
$$;
REVOKE ALL ON FUNCTION henvis_shorten_openings FROM PUBLIC;
GRANT EXECUTE ON FUNCTION henvis_shorten_openings TO henvis_web;

-- Deletes what was asked about some referrals, and what was answered. Returns how many were asked.
-- Called by: `henvis_erase`, and the owner's purge.
-- Raises: restrict_violation, by the tables' trigger, where neither an erasure nor a purge is under way.
CREATE OR REPLACE FUNCTION henvis_erase_returns(partners uuid[], refs uuid[])
RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    n integer;
BEGIN
    DELETE FROM public.returns_returnreview w
    USING public.returns_return r, unnest(partners, refs) AS x (partner, reference)
    WHERE r.id = w.of_id AND r.partner_id = x.partner AND r.reference = x.reference;

    DELETE FROM public.returns_returnend e
    USING public.returns_return r, unnest(partners, refs) AS x (partner, reference)
    WHERE r.id = e.of_id AND r.partner_id = x.partner AND r.reference = x.reference;

    DELETE FROM public.returns_return r USING unnest(partners, refs) AS x (partner, reference)
    WHERE r.partner_id = x.partner AND r.reference = x.reference;
    GET DIAGNOSTICS n = ROW_COUNT;
    RETURN n;
END $$;
REVOKE ALL ON FUNCTION henvis_erase_returns FROM PUBLIC;
