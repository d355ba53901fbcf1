-- What is built and published is final. The row of a release is written after its tables and seals them; the row of a
-- publication seals what was published.

-- Refuses a row of a draft whose release is there already.
-- Called by: the trigger `sealed` of the tables in `build` that hold drafts.
-- Raises: restrict_violation.
CREATE OR REPLACE FUNCTION henvis_seal_draft()
RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM public.statistics_release WHERE id = NEW.release_id) THEN
        RAISE EXCEPTION '% is sealed: INSERT refused', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
REVOKE ALL ON FUNCTION henvis_seal_draft FROM PUBLIC;

-- Refuses a row of a publication that is there already.
-- Called by: the trigger `sealed` of the tables that hold what is published.
-- Raises: restrict_violation.
CREATE OR REPLACE FUNCTION henvis_seal_publication()
RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM public.statistics_publication WHERE release_id = NEW.release_id) THEN
        RAISE EXCEPTION '% is published: INSERT refused', NEW.release_id USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
REVOKE ALL ON FUNCTION henvis_seal_publication FROM PUBLIC;

-- Refuses whoever neither writes errata nor approves releases.
-- Called by: the functions below.
-- Raises: ERRATUM_RIGHT_MISSING.
CREATE OR REPLACE FUNCTION henvis_check_erratum_right(staff integer)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT public.henvis_staff_may(staff, 'statistics', 'add_erratum')
        AND NOT public.henvis_staff_may(staff, 'statistics', 'approve_release')
    THEN
        PERFORM public.henvis_refuse('ERRATUM_RIGHT_MISSING');
    END IF;
END $$;
REVOKE ALL ON FUNCTION henvis_check_erratum_right FROM PUBLIC;

-- Refuses an erratum of a release that is not published: an erratum corrects what was read. Dates it with its transaction.
-- Called by: the trigger `of_published` of errata.
-- Raises: NOT_PUBLISHED, and what `henvis_check_erratum_right` raises.
CREATE OR REPLACE FUNCTION henvis_check_erratum()
RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM public.henvis_check_erratum_right(NEW.user_id);
    IF NOT EXISTS (SELECT FROM public.statistics_publication WHERE release_id = NEW.release_id) THEN
        PERFORM public.henvis_refuse('NOT_PUBLISHED', NEW.release_id);
    END IF;
    NEW.written_at := now();
    RETURN NEW;
END $$;
REVOKE ALL ON FUNCTION henvis_check_erratum FROM PUBLIC;

-- Refuses that an erratum is approved by the person who wrote it. She may say no, as everybody with the right.
-- Called by: the trigger `by_another` of decisions on errata.
-- Raises: ERRATUM_BY_SAME, and what `henvis_check_erratum_right` raises.
CREATE OR REPLACE FUNCTION henvis_check_erratum_decision()
RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM public.henvis_check_erratum_right(NEW.user_id);
    IF NEW.approved AND EXISTS (
        SELECT FROM public.statistics_erratum WHERE id = NEW.erratum_id AND user_id = NEW.user_id
    ) THEN
        PERFORM public.henvis_refuse('ERRATUM_BY_SAME');
    END IF;
    RETURN NEW;
END $$;
REVOKE ALL ON FUNCTION henvis_check_erratum_decision FROM PUBLIC;

-- Refuses the sign "under review" on a release that is not published, and a second one.
-- Called by: the trigger `of_published` of signs.
-- Raises: NOT_PUBLISHED, REVIEW_SIGN_UP, and what `henvis_check_erratum_right` raises.
CREATE OR REPLACE FUNCTION henvis_check_review_sign()
RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM public.henvis_check_erratum_right(NEW.user_id);
    PERFORM pg_advisory_xact_lock(hashtextextended('henvis.review', 0));
    IF NOT EXISTS (SELECT FROM public.statistics_publication WHERE release_id = NEW.release_id) THEN
        PERFORM public.henvis_refuse('NOT_PUBLISHED', NEW.release_id);
    END IF;
    IF EXISTS (
        SELECT FROM public.statistics_reviewsign s WHERE s.release_id = NEW.release_id
        AND NOT EXISTS (SELECT FROM public.statistics_reviewsignend e WHERE e.sign_id = s.id)
    ) THEN
        PERFORM public.henvis_refuse('REVIEW_SIGN_UP', NEW.release_id);
    END IF;
    RETURN NEW;
END $$;
REVOKE ALL ON FUNCTION henvis_check_review_sign FROM PUBLIC;

-- Lets whoever may put up the sign "under review" take it down.
-- Called by: the trigger `by_staff` of ends of signs.
-- Raises: what `henvis_check_erratum_right` raises.
CREATE OR REPLACE FUNCTION henvis_check_review_sign_end()
RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM public.henvis_check_erratum_right(NEW.user_id);
    RETURN NEW;
END $$;
REVOKE ALL ON FUNCTION henvis_check_review_sign_end FROM PUBLIC;

-- Returns the errata of a release that everybody reads, by id.
-- Called by: functions of rooms above that say what they were made of.
-- Raises: nothing.
CREATE OR REPLACE FUNCTION henvis_errata(release text)
RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT ARRAY(
        SELECT e.id FROM public.statistics_erratum e
        JOIN public.statistics_erratumdecision d ON d.erratum_id = e.id AND d.approved
        WHERE e.release_id = release ORDER BY 1
    )
$$;
REVOKE ALL ON FUNCTION henvis_errata FROM PUBLIC;
