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

-- Refuses an erratum of a release that is not published: an erratum corrects what was read. Dates it with its transaction.
-- Called by: the trigger `of_published` of errata.
-- Raises: NOT_PUBLISHED.
CREATE OR REPLACE FUNCTION henvis_check_erratum()
RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM public.statistics_publication WHERE release_id = NEW.release_id) THEN
        PERFORM public.henvis_refuse(
            'NOT_PUBLISHED', '%s is not published. An erratum is of a published release.', NEW.release_id
        );
    END IF;
    NEW.published_at := now();
    RETURN NEW;
END $$;
REVOKE ALL ON FUNCTION henvis_check_erratum FROM PUBLIC;
