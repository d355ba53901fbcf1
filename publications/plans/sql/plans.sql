-- Who may write of an action plan, and that a second person publishes it. These hold for every role, the owner of the tables
-- too.

-- Lets an indicator in by active staff with the right to add indicators.
-- Called by: the trigger `may_add` of indicators.
-- Raises: PLAN_WRITE_RIGHT_MISSING.
CREATE OR REPLACE FUNCTION henvis_check_plan_indicator()
RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT public.henvis_staff_may(NEW.user_id, 'plans', 'add_planindicator') THEN
        PERFORM public.henvis_refuse('PLAN_WRITE_RIGHT_MISSING');
    END IF;
    RETURN NEW;
END $$;
REVOKE ALL ON FUNCTION henvis_check_plan_indicator FROM PUBLIC;

-- Whether a release can be read by everybody now: it is published for the public, and not withdrawn.
-- Called by: the functions below.
-- Raises: nothing.
CREATE OR REPLACE FUNCTION henvis_is_public_release(name text)
RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT EXISTS (
        SELECT FROM public.statistics_release r
        JOIN public.statistics_publication p ON p.release_id = r.id
        WHERE r.id = name AND r.audience = 'public'
        AND NOT EXISTS (SELECT FROM public.statistics_withdrawal w WHERE w.release_id = r.id)
    )
$$;
REVOKE ALL ON FUNCTION henvis_is_public_release FROM PUBLIC;

-- Lets an observation in by active staff with the right to add observations, of an indicator that is published. One of a
-- computed indicator is of a public release of its year, and each release is observed once unless that was refused. One that is
-- typed in has no release.
-- Called by: the trigger `may_add` of observations.
-- Raises: PLAN_WRITE_RIGHT_MISSING, PLAN_INDICATOR_NOT_PUBLISHED, PLAN_SOURCE_WRONG, PLAN_RELEASE_NOT_PUBLIC,
-- PLAN_RELEASE_TAKEN.
CREATE OR REPLACE FUNCTION henvis_check_plan_observation()
RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    indicator public.plans_planindicator;
BEGIN
    IF NOT public.henvis_staff_may(NEW.user_id, 'plans', 'add_planobservation') THEN
        PERFORM public.henvis_refuse('PLAN_WRITE_RIGHT_MISSING');
    END IF;
    -- Of two at once the second sees what the first has done.
    PERFORM pg_advisory_xact_lock(hashtextextended('henvis.plans', NEW.indicator_id));
    SELECT * INTO indicator FROM public.plans_planindicator i WHERE i.id = NEW.indicator_id;
    IF NOT EXISTS (
        SELECT FROM public.plans_indicatordecision d WHERE d.indicator_id = NEW.indicator_id AND d.approved
    ) THEN
        PERFORM public.henvis_refuse('PLAN_INDICATOR_NOT_PUBLISHED');
    END IF;
    IF (indicator.source = 'COMPUTED') <> (NEW.release_id IS NOT NULL) THEN
        PERFORM public.henvis_refuse('PLAN_SOURCE_WRONG');
    END IF;
    IF indicator.source = 'COMPUTED' THEN
        IF NOT public.henvis_is_public_release(NEW.release_id) OR NOT EXISTS (
            SELECT FROM public.statistics_release r WHERE r.id = NEW.release_id AND r.period = NEW.year::text
        ) THEN
            PERFORM public.henvis_refuse('PLAN_RELEASE_NOT_PUBLIC');
        END IF;
        IF EXISTS (
            SELECT FROM public.plans_planobservation o
            LEFT JOIN public.plans_observationdecision d ON d.observation_id = o.id
            WHERE o.indicator_id = NEW.indicator_id AND o.release_id = NEW.release_id AND d.approved IS NOT false
        ) THEN
            PERFORM public.henvis_refuse('PLAN_RELEASE_TAKEN');
        END IF;
    END IF;
    RETURN NEW;
END $$;
REVOKE ALL ON FUNCTION henvis_check_plan_observation FROM PUBLIC;

-- Refuses whoever decides without the right to publish, and whoever wrote what is decided.
-- Called by: the functions below.
-- Raises: PLAN_RIGHT_MISSING, PLAN_BY_AUTHOR.
CREATE OR REPLACE FUNCTION henvis_check_plan_approver(author integer, approver integer)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT public.henvis_staff_may(approver, 'plans', 'publish_plan') THEN
        PERFORM public.henvis_refuse('PLAN_RIGHT_MISSING');
    END IF;
    IF author = approver THEN
        PERFORM public.henvis_refuse('PLAN_BY_AUTHOR');
    END IF;
END $$;
REVOKE ALL ON FUNCTION henvis_check_plan_approver FROM PUBLIC;

-- Lets a decision on an indicator in by a second person with the right to publish.
-- Called by: the trigger `by_second` of decisions on indicators.
-- Raises: what `henvis_check_plan_approver` raises.
CREATE OR REPLACE FUNCTION henvis_check_indicator_decision()
RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM public.henvis_check_plan_approver(
        (SELECT i.user_id FROM public.plans_planindicator i WHERE i.id = NEW.indicator_id), NEW.user_id
    );
    RETURN NEW;
END $$;
REVOKE ALL ON FUNCTION henvis_check_indicator_decision FROM PUBLIC;

-- Lets a decision on an observation in by a second person with the right to publish, and publishes none of a release that was
-- withdrawn meanwhile.
-- Called by: the trigger `by_second` of decisions on observations.
-- Raises: PLAN_RELEASE_NOT_PUBLIC, and what `henvis_check_plan_approver` raises.
CREATE OR REPLACE FUNCTION henvis_check_observation_decision()
RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    observation public.plans_planobservation;
BEGIN
    SELECT * INTO observation FROM public.plans_planobservation o WHERE o.id = NEW.observation_id;
    PERFORM public.henvis_check_plan_approver(observation.user_id, NEW.user_id);
    -- Nobody withdraws the release meanwhile.
    PERFORM pg_advisory_xact_lock_shared(hashtextextended('henvis.publish', 0));
    IF NEW.approved AND observation.release_id IS NOT NULL
        AND NOT public.henvis_is_public_release(observation.release_id)
    THEN
        PERFORM public.henvis_refuse('PLAN_RELEASE_NOT_PUBLIC');
    END IF;
    RETURN NEW;
END $$;
REVOKE ALL ON FUNCTION henvis_check_observation_decision FROM PUBLIC;
