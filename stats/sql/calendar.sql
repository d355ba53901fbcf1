-- The calendar of releases: on which date what is published. Each row is what was announced of an entry at one moment, and none
-- is changed: a date becomes more exact, or it moves, and then it says why in both languages.

-- Returns the release for everybody that fulfilled an entry of the calendar: the first of its period that was published since
-- the entry was announced. There is none, or one.
-- Called by: the trigger `next_of_entry`, with the rights of the writer, and the web server's role.
-- Raises: nothing.
CREATE OR REPLACE FUNCTION henvis_announced_release(entry uuid)
RETURNS TABLE (release_id text, published_at timestamptz)
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT p.release_id::text, p.published_at
    FROM public.statistics_announceddate a
    JOIN public.statistics_release r ON r.period = a.period AND r.audience = 'public'
    JOIN public.statistics_publication p ON p.release_id = r.id AND p.published_at >= a.announced_at
    WHERE a.entry = henvis_announced_release.entry AND a.sequence = 0 AND a.period <> ''
    ORDER BY p.published_at, p.release_id LIMIT 1
$$;
REVOKE ALL ON FUNCTION henvis_announced_release FROM PUBLIC;
GRANT EXECUTE ON FUNCTION henvis_announced_release TO henvis_web;

-- Whether an entry of the calendar has ended: it was cancelled, or what it announced is published.
-- Called by: the trigger `next_of_entry`, with the rights of the writer.
-- Raises: nothing.
CREATE OR REPLACE FUNCTION henvis_has_ended(entry uuid)
RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT EXISTS (
        SELECT FROM public.statistics_announceddate a
        WHERE a.entry = henvis_has_ended.entry AND a.status IN ('CANCELLED', 'PUBLISHED')
    ) OR EXISTS (SELECT FROM public.henvis_announced_release(entry))
$$;
REVOKE ALL ON FUNCTION henvis_has_ended FROM PUBLIC;
GRANT EXECUTE ON FUNCTION henvis_has_ended TO henvis_web;

-- Lets a row in that announces a new entry, or says something new of one: numbers it, and dates it with its transaction. The
-- month of an exact moment is that of Copenhagen. A new row keeps what its entry is called, and the last one its date. Of one
-- period one entry is open, so that a release fulfils one.
-- Called by: the trigger `next_of_entry` of announced dates, with the rights of the writer.
-- Raises: DATE_NOT_ANNOUNCED, DATE_OF_PERIOD_OPEN, DATE_ENDED, DATE_MOVED_WITHOUT_REASON, DATE_NOT_MOVED, DATE_PAST,
-- DATE_OF_PERIOD_PUBLISHED.
CREATE OR REPLACE FUNCTION henvis_check_announced_date()
RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    before public.statistics_announceddate;
    moved boolean;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('henvis.calendar', 0));
    NEW.announced_at := transaction_timestamp();
    IF NEW.moment IS NOT NULL THEN
        NEW.month := date_trunc('month', NEW.moment AT TIME ZONE 'Europe/Copenhagen')::date;
    END IF;
    SELECT * INTO before FROM public.statistics_announceddate a WHERE a.entry = NEW.entry ORDER BY a.sequence DESC LIMIT 1;

    IF before.id IS NULL THEN
        NEW.sequence := 0;
        IF NEW.status NOT IN ('ANNOUNCED', 'CONFIRMED') THEN
            PERFORM public.henvis_refuse('DATE_NOT_ANNOUNCED');
        END IF;
        IF NEW.period <> '' AND EXISTS (
            SELECT FROM public.statistics_announceddate a
            WHERE a.period = NEW.period AND a.sequence = 0 AND NOT public.henvis_has_ended(a.entry)
        ) THEN
            PERFORM public.henvis_refuse('DATE_OF_PERIOD_OPEN', NEW.period);
        END IF;
    ELSE
        NEW.sequence := before.sequence + 1;
        NEW.period := before.period;
        NEW.title_da := before.title_da;
        NEW.title_en := before.title_en;
        IF public.henvis_has_ended(NEW.entry) THEN
            PERFORM public.henvis_refuse('DATE_ENDED');
        END IF;
        IF NEW.status = 'PUBLISHED' AND NEW.period <> '' THEN
            PERFORM public.henvis_refuse('DATE_OF_PERIOD_PUBLISHED');
        END IF;
        IF NEW.status IN ('CANCELLED', 'PUBLISHED') THEN
            NEW.month := before.month;
            NEW.moment := before.moment;
        END IF;
        moved := NEW.month <> before.month OR before.moment IS NOT NULL AND NEW.moment IS DISTINCT FROM before.moment;
        IF moved AND NEW.status <> 'POSTPONED' THEN
            PERFORM public.henvis_refuse('DATE_MOVED_WITHOUT_REASON');
        END IF;
        IF NOT moved AND NEW.status = 'POSTPONED' THEN
            PERFORM public.henvis_refuse('DATE_NOT_MOVED');
        END IF;
    END IF;

    -- The end of what is told: the moment, or the end of the month in Copenhagen.
    IF NEW.status IN ('ANNOUNCED', 'CONFIRMED', 'POSTPONED') AND clock_timestamp() >= coalesce(
        NEW.moment, (NEW.month + interval '1 month') AT TIME ZONE 'Europe/Copenhagen'
    ) THEN
        PERFORM public.henvis_refuse('DATE_PAST');
    END IF;
    RETURN NEW;
END $$;
REVOKE ALL ON FUNCTION henvis_check_announced_date FROM PUBLIC;
