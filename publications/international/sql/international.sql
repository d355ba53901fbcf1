-- Files for bodies abroad. Each figure of a file is one that everybody can read, and two members of staff send it.

-- Returns what files of some periods are drawn from: each public release of these periods that is published and not withdrawn,
-- with its errata and with the releases that told something of its hidden cells. A file keeps the answer, and is stale once it
-- is another.
-- Called by: the web server's role and commands when a file is made, the trigger of files, and `henvis_send_abroad`.
-- Raises: nothing.
CREATE OR REPLACE FUNCTION henvis_international_basis(periods text [])
RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce(jsonb_object_agg(r.id, jsonb_build_object(
        'errata', public.henvis_errata(r.id),
        'told_by', ARRAY(
            SELECT DISTINCT t.release_id::text FROM (
                SELECT d.release_id, d.of_id FROM public.statistics_publishedtold d
                UNION ALL SELECT d.release_id, d.of_id FROM public.statistics_publishedsumtold d
            ) t
            JOIN public.statistics_publication q ON q.release_id = t.release_id WHERE t.of_id = r.id ORDER BY 1
        )
    )), '{}')
    FROM public.statistics_release r
    JOIN public.statistics_publication p ON p.release_id = r.id
    WHERE r.audience = 'public' AND r.period = ANY(periods)
    AND NOT EXISTS (SELECT FROM public.statistics_withdrawal w WHERE w.release_id = r.id)
$$;
REVOKE ALL ON FUNCTION henvis_international_basis FROM PUBLIC;
GRANT EXECUTE ON FUNCTION henvis_international_basis TO henvis_web;

-- Returns whether a figure of a file says what a published table says, and no more: a shown cell its count, a hidden one no
-- count and no other ends than those that everybody is told, a cell that is in neither zero. Without a release it says nothing.
-- Of sums it may also leave a count out, as where no report knows it.
-- Called by: the trigger of files, and who asks which figures were sent that no release has.
-- Raises: nothing.
CREATE OR REPLACE FUNCTION henvis_is_published_figure(figure jsonb)
RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT CASE WHEN figure ->> 'release' IS NULL
        THEN coalesce(figure ->> 'value', figure ->> 'at_least', figure ->> 'at_most') IS NULL
    ELSE EXISTS (
        SELECT FROM (
            SELECT t.release_id, t.dataset, t.axes, '' AS quantity, t.codes, t.counts, t.hidden
            FROM public.statistics_publishedtable t
            UNION ALL
            SELECT s.release_id, s.dataset, s.axes, s.measure, s.codes, s.counts, s.hidden
            FROM public.statistics_publishedsumtable s
        ) t
        JOIN public.statistics_release r ON r.id = t.release_id AND r.audience = 'public'
        JOIN public.statistics_publication p ON p.release_id = t.release_id
        WHERE t.release_id = figure ->> 'release' AND t.dataset = figure ->> 'dataset' AND t.axes = figure ->> 'table'
        AND t.quantity = coalesce(figure ->> 'quantity', '') AND r.period = figure ->> 'period'
        AND CASE
            WHEN figure ->> 'codes' = ANY(t.hidden) THEN figure ->> 'value' IS NULL AND (
                coalesce(figure ->> 'at_least', figure ->> 'at_most') IS NULL OR EXISTS (
                    SELECT FROM (
                        SELECT d.release_id, d.of_id, d.dataset, d.axes, '' AS quantity, d.codes, d.least, d.most
                        FROM public.statistics_publishedtold d
                        UNION ALL
                        SELECT d.release_id, d.of_id, d.dataset, d.axes, d.measure, d.codes, d.least, d.most
                        FROM public.statistics_publishedsumtold d
                    ) d
                    JOIN public.statistics_publication q ON q.release_id = d.release_id
                    WHERE d.of_id = t.release_id AND d.dataset = t.dataset AND d.axes = t.axes AND d.quantity = t.quantity
                    AND d.least[array_position(d.codes, figure ->> 'codes')]::text = figure ->> 'at_least'
                    AND d.most[array_position(d.codes, figure ->> 'codes')]::text
                    IS NOT DISTINCT FROM figure ->> 'at_most'
                )
            )
            ELSE coalesce(figure ->> 'at_least', figure ->> 'at_most') IS NULL AND (
                figure ->> 'value' = coalesce(t.counts[array_position(t.codes, figure ->> 'codes')], 0)::text
                OR t.quantity <> '' AND figure ->> 'value' IS NULL
            )
        END
    ) END
$$;
REVOKE ALL ON FUNCTION henvis_is_published_figure FROM PUBLIC;
GRANT EXECUTE ON FUNCTION henvis_is_published_figure TO henvis_web;

-- Refuses a file of somebody without the right to make files, one that is of another body or year than it says, that was drawn
-- from other releases than are in force, or that has a figure which no release in force shows so.
-- Called by: the trigger `of_published_figures` of files.
-- Raises: ABROAD_MAKER_RIGHT_MISSING, ABROAD_MISNAMED, ABROAD_STALE, ABROAD_NOT_PUBLISHED.
CREATE OR REPLACE FUNCTION henvis_check_international_file()
RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT public.henvis_staff_may(NEW.user_id, 'international', 'add_internationalfile') THEN
        PERFORM public.henvis_refuse('ABROAD_MAKER_RIGHT_MISSING');
    END IF;
    IF NEW.content ->> 'body' IS DISTINCT FROM NEW.body OR NEW.content ->> 'year' IS DISTINCT FROM NEW.year::text THEN
        PERFORM public.henvis_refuse('ABROAD_MISNAMED');
    END IF;
    IF NEW.basis IS DISTINCT FROM public.henvis_international_basis(
        ARRAY(SELECT jsonb_array_elements_text(NEW.content -> 'periods'))
    ) THEN
        PERFORM public.henvis_refuse('ABROAD_STALE');
    END IF;
    IF EXISTS (
        SELECT FROM jsonb_array_elements(NEW.content -> 'figures') AS f (figure)
        WHERE NOT public.henvis_is_published_figure(f.figure)
        OR NOT NEW.basis ? (f.figure ->> 'release')
    ) THEN
        PERFORM public.henvis_refuse('ABROAD_NOT_PUBLISHED');
    END IF;
    RETURN NEW;
END $$;
REVOKE ALL ON FUNCTION henvis_check_international_file FROM PUBLIC;

-- Marks a file as sent, for ever, with its audit event. Two members of staff are needed: who sends it has not made it.
-- Called by: the web server's role.
-- Raises: ABROAD_ISOLATION, ABROAD_RIGHT_MISSING, ABROAD_NO_FILE, ABROAD_SENT, ABROAD_NOT_NEWEST, ABROAD_STALE,
-- ABROAD_BY_MAKER.
CREATE OR REPLACE FUNCTION henvis_send_abroad(file bigint, staff integer)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    made public.international_internationalfile;
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        PERFORM public.henvis_refuse('ABROAD_ISOLATION');
    END IF;
    -- That of releases first: nobody publishes or withdraws one meanwhile.
    PERFORM pg_advisory_xact_lock(hashtextextended('henvis.publish', 0));
    PERFORM pg_advisory_xact_lock(hashtextextended('henvis.abroad', 0));
    IF NOT public.henvis_staff_may(staff, 'international', 'send_file') THEN
        PERFORM public.henvis_refuse('ABROAD_RIGHT_MISSING');
    END IF;
    SELECT * INTO made FROM public.international_internationalfile f WHERE f.id = file;
    IF made.id IS NULL THEN
        PERFORM public.henvis_refuse('ABROAD_NO_FILE');
    END IF;
    IF EXISTS (SELECT FROM public.international_filedispatch d WHERE d.file_id = file) THEN
        PERFORM public.henvis_refuse('ABROAD_SENT');
    END IF;
    IF EXISTS (
        SELECT FROM public.international_internationalfile f
        WHERE f.body = made.body AND f.year = made.year AND f.id > file
    ) THEN
        PERFORM public.henvis_refuse('ABROAD_NOT_NEWEST');
    END IF;
    IF made.basis IS DISTINCT FROM public.henvis_international_basis(
        ARRAY(SELECT jsonb_array_elements_text(made.content -> 'periods'))
    ) THEN
        PERFORM public.henvis_refuse('ABROAD_STALE');
    END IF;
    IF made.user_id = staff THEN
        PERFORM public.henvis_refuse('ABROAD_BY_MAKER');
    END IF;
    INSERT INTO public.international_filedispatch (file_id, user_id) VALUES (file, staff);
    PERFORM public.henvis_audit(
        NULL, staff, 'report.send_abroad', format('%s %s', made.body, made.year),
        jsonb_build_object('file', file, 'made_by', made.user_id)
    );
END $$;
REVOKE ALL ON FUNCTION henvis_send_abroad FROM PUBLIC;
GRANT EXECUTE ON FUNCTION henvis_send_abroad TO henvis_web;
