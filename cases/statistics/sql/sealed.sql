CREATE OR REPLACE FUNCTION henvis_sealed()
RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
    IF EXISTS (SELECT FROM statistics_release WHERE id = NEW.release_id) THEN
        RAISE EXCEPTION '% is sealed: INSERT refused', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION henvis_published()
RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
    IF EXISTS (SELECT FROM public.statistics_publication WHERE release_id = NEW.release_id) THEN
        RAISE EXCEPTION '% is published: INSERT refused', NEW.release_id USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION henvis_erratum()
RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM public.statistics_publication WHERE release_id = NEW.release_id) THEN
        RAISE EXCEPTION '% is not published: an erratum is of what was read', NEW.release_id
            USING ERRCODE = 'restrict_violation';
    END IF;
    NEW.published_at := now();
    RETURN NEW;
END $$;
