-- Decisions on figures that others published. Two members of staff stand before each. What they compare is an exact figure: it
-- lies in the schema `build`, which the web server's role cannot enter.

-- Refuses whoever neither decides on figures of others nor approves releases.
-- Called by: the functions below.
-- Raises: FACT_RIGHT_MISSING.
CREATE OR REPLACE FUNCTION henvis_check_fact_right(staff integer)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT public.henvis_staff_may(staff, 'statistics', 'add_factdecision')
        AND NOT public.henvis_staff_may(staff, 'statistics', 'approve_release')
    THEN
        PERFORM public.henvis_refuse('FACT_RIGHT_MISSING');
    END IF;
END $$;
REVOKE ALL ON FUNCTION henvis_check_fact_right FROM PUBLIC;

-- Lets a decision in that somebody with the right took.
-- Called by: the trigger `by_staff` of decisions.
-- Raises: what `henvis_check_fact_right` raises.
CREATE OR REPLACE FUNCTION henvis_check_fact_decision()
RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM public.henvis_check_fact_right(NEW.user_id);
    RETURN NEW;
END $$;
REVOKE ALL ON FUNCTION henvis_check_fact_decision FROM PUBLIC;

-- Lets the end of a decision in once: the first person takes it back, and another confirms or refuses it.
-- Called by: the trigger `by_second` of ends of decisions.
-- Raises: FACT_DECISION_ENDED, FACT_DECIDED_BY_SAME, and what `henvis_check_fact_right` raises.
CREATE OR REPLACE FUNCTION henvis_check_fact_end()
RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM public.henvis_check_fact_right(NEW.user_id);
    -- Of two at once the second sees what the first has done.
    PERFORM pg_advisory_xact_lock(hashtextextended('henvis.facts', NEW.decision_id));
    IF EXISTS (SELECT FROM public.statistics_factdecisionend e WHERE e.decision_id = NEW.decision_id) THEN
        PERFORM public.henvis_refuse('FACT_DECISION_ENDED');
    END IF;
    IF (NEW.outcome = 'TAKEN_BACK') <> EXISTS (
        SELECT FROM public.statistics_factdecision d WHERE d.id = NEW.decision_id AND d.user_id = NEW.user_id
    ) THEN
        PERFORM public.henvis_refuse('FACT_DECIDED_BY_SAME');
    END IF;
    RETURN NEW;
END $$;
REVOKE ALL ON FUNCTION henvis_check_fact_end FROM PUBLIC;

-- Returns how many persons the last build that was refused for a figure of others counted of it, and when. It writes the audit
-- event of the reading before it gives the number, and a line to the server's log: a caller that rolls its transaction back
-- takes the audit event with it, but not the line. Neither has the number.
-- Called by: the web server's role, for staff who decide on such figures or confirm decisions.
-- Raises: what `henvis_check_fact_right` raises.
CREATE OR REPLACE FUNCTION henvis_counted_fact(of_fact text, staff integer)
RETURNS TABLE (persons integer, counted_at timestamptz)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
BEGIN
    PERFORM public.henvis_check_fact_right(staff);
    PERFORM public.henvis_audit(NULL, staff, 'factdecision.compare', of_fact, '{}');
    RAISE LOG 'henvis: count of a figure of others read by user %', staff;
    RETURN QUERY
        SELECT c.persons, c.counted_at FROM build.statistics_countedfact c WHERE c.fact = of_fact ORDER BY c.id DESC LIMIT 1;
END $$;
REVOKE ALL ON FUNCTION henvis_counted_fact FROM PUBLIC;
GRANT EXECUTE ON FUNCTION henvis_counted_fact TO henvis_web;
